// Which policies speak for an end, which do not, and why.
import type {Direction, Selector, Stack} from '../model/policy.ts';
import type {Place} from '../model/problem.ts';
import {type End, type Networks, selects} from '../policy/selector.ts';
import {isEnforced} from '../policy/stacks.ts';
import {nearestTerm, selectorReasons} from './requirement-reason.ts';
import {endName} from './words.ts';

export interface PolicyNote {
	readonly id: string;
	readonly name: string;
	readonly where: Place;
	/** `observes`: it speaks for the end, and decides nothing there yet. */
	readonly state: 'enforced' | 'observes' | 'silent';
	/** Why it is silent or observes; empty where it is enforced. */
	readonly why: string;
	/** How much of what it asks of the end is not so; 0 where it is enforced. */
	readonly lacking: number;
}

/** One for each policy, in the order of the files. */
export const policyNotes = (stack: Stack, direction: Direction, end: End, networks: Networks): readonly PolicyNote[] =>
	stack.map(policy => {
		const {id, name, where, directions, applies, enforce, mode} = policy;
		const named = {id, name, where};
		if (!directions.includes(direction))
			return {...named, state: 'silent', why: `it speaks for ${directions.join(', ') || 'nothing'} alone`, lacking: 9};
		if (!selects(applies, end, networks)) return {...named, state: 'silent', ...lacks(applies, end, networks)};
		if (isEnforced(policy, end, networks)) return {...named, state: 'enforced', why: '', lacking: 0};
		if (mode === 'observe') return {...named, state: 'observes', why: 'its mode is observe', lacking: 1};
		return {...named, state: 'observes', ...lacks(enforce, end, networks)};
	});

/** What the end lacks of the term that comes nearest. */
function lacks(selector: Selector, end: End, networks: Networks): Pick<PolicyNote, 'why' | 'lacking'> {
	const near = nearestTerm(selectorReasons(selector, {end, about: 'source', networks}));
	const missing = near?.reasons.filter(({holds}) => !holds) ?? [];
	const why =
		missing.length === 0 ? `it selects nobody, so not ${endName(end)}` : missing.map(({text}) => text).join(', ');
	return {why, lacking: Math.max(1, missing.length)};
}
