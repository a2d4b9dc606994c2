// One end's two programs as chains: what a host runs for itself, and the fabric for every port.
import {createHash} from 'node:crypto';
import type {Direction, Policy, RulePlace, Stack} from '../../core/model/policy.ts';
import type {Workload} from '../../core/model/topology.ts';
import type {Networks} from '../../core/policy/selector.ts';
import {policiesAt} from '../../core/policy/stacks.ts';
import {type Chain, programChains} from './chains.ts';
import {isSilent, type LocalProgram, localProgram, rulesThat, sameProgram} from './local-program.ts';
import type {Lines} from './match-lines.ts';
import {asIfStatements, type Counters, inForceStatements} from './statements.ts';

export interface Side {
	readonly direction: Direction;
	readonly inForce: LocalProgram;
	readonly asIf: LocalProgram;
}

/** A workload as the rules see it. */
export interface Local {
	readonly workload: Workload;
	readonly sides: readonly [egress: Side, ingress: Side];
	/** No policy speaks for it, in force or as if. */
	readonly silent: boolean;
	readonly established: Policy['established'];
	readonly denied: Policy['denied'];
	/** Ids of the rules whose denial of TCP is a reset. */
	readonly resets: readonly string[];
}

export function localOf(workload: Workload, stack: Stack, networks: Networks): Local {
	const side = (direction: Direction): Side => ({
		direction,
		inForce: localProgram('in-force', {stack, direction, workload, networks}),
		asIf: localProgram('as-if', {stack, direction, workload, networks}),
	});
	const sides = [side('egress'), side('ingress')] as const;
	const policies = sides.flatMap(({direction}) =>
		workload.addresses.flatMap(({address}) => policiesAt('in-force', stack, direction, {workload, address}, networks)),
	);
	const denied = policies[0]?.denied ?? 'drop';
	const resets = denied === 'drop' ? [] : sides.flatMap(({inForce}) => rulesThat('deny', inForce));
	return {
		workload,
		sides,
		silent: sides.every(({asIf}) => isSilent(asIf)),
		established: policies.some(({established}) => established === 'cut') ? 'cut' : 'keep',
		denied,
		resets: [...new Set(resets)].sort(),
	};
}

export interface SideInput {
	/** Name of the chain that decides; those it needs begin with it. */
	readonly name: string;
	readonly place: RulePlace;
	readonly lines: Lines;
	readonly counters: Counters;
	readonly denied: Policy['denied'];
	/** Whether what it allows is marked with the generation. */
	readonly marks: boolean;
}

/**
 * Chains of one direction. Where something only observes, the decision in force is followed by the stack as if, which
 * logs where it differs and then lets the decision happen: one chain for what was allowed, one for what was denied, so
 * that a packet meets exactly one of them and carries no mark.
 */
export function sideChains(
	{direction, inForce, asIf}: Side,
	{name, place, lines, counters, denied, marks}: SideInput,
): readonly Chain[] {
	const at = {place, direction};
	const outcomes = {allow: 'accept', deny: denied === 'reject' ? 'goto refuse' : 'drop'};
	const names = {allow: `${name}_if_allowed`, deny: `${name}_if_denied`};
	const observed = sameProgram(inForce, asIf)
		? []
		: (['allow', 'deny'] as const).filter(
				decided =>
					rulesThat(decided, inForce).length > 0 && rulesThat(decided === 'allow' ? 'deny' : 'allow', asIf).length > 0,
			);
	const after = (decided: 'allow' | 'deny'): string =>
		observed.includes(decided) ? `goto ${names[decided]}` : outcomes[decided];
	const mark = marks ? `ct mark set ${generationMark} ` : '';
	const statements = inForceStatements(at, counters, {allow: `${mark}${after('allow')}`, deny: after('deny')});
	return [
		...observed.flatMap(decided =>
			programChains(
				{name: names[decided], direction, program: asIf},
				asIfStatements(at, counters, decided, outcomes[decided]),
				lines,
			),
		),
		...programChains({name, direction, program: inForce}, statements, lines),
	];
}

/** Stands for the generation until the text is known; no comment can hold it. */
export const generationMark = '\u0001';

/** The generation of connections that this very text allowed: its own hash, so that the same rules cut nothing. */
export const withGeneration = (text: string): string =>
	text.includes(generationMark)
		? text.replaceAll(generationMark, `0x${createHash('sha256').update(text).digest('hex').slice(0, 7)}1`)
		: text;
