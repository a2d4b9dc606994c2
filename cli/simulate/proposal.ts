// What is proposed for a candidate under a scenario, and for which others it is the same: told once.
import type {Simulated} from '../../core/simulate/simulation-report.ts';
import {listed, oneLine} from '../report/lines.ts';

export interface Proposal {
	readonly simulated: Simulated;
	/** The candidate, as the columns call it. */
	readonly name: string;
}

/** Those that `say` the same, together, in the order of the first of each. */
export const alikeProposals = (
	proposals: readonly Proposal[],
	say: (proposal: Proposal) => unknown,
): readonly (readonly Proposal[])[] => [...Map.groupBy(proposals, proposal => JSON.stringify(say(proposal))).values()];

/** `zones`, or `zones (thief)` where it is not so for every one of `scenarios`. */
export function whoText(group: readonly Proposal[], scenarios: number): string {
	const byName = Map.groupBy(group, ({name}) => name);
	return listed(
		[...byName].map(([name, of]) =>
			of.length === scenarios ? name : `${name} (${of.map(({simulated}) => oneLine(simulated.scenario)).join(', ')})`,
		),
	);
}

/** Beyond so many, broken dependencies are counted. */
const told = 2;

export function breaksText(breaks: readonly string[]): string {
	if (breaks.length === 0) return 'breaks no known dependency';
	const names = breaks.slice(0, told).map(text => oneLine(text).replace('->', '▸'));
	const more = breaks.length > told ? ` and ${breaks.length - told} more` : '';
	return `breaks ${names.join(', ')}${more}`;
}
