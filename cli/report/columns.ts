// A candidate as the report shows it: its name, and the worst foothold's run of each scenario.
import type {RunReport} from '../../core/contracts/report.ts';
import {oneLine} from './lines.ts';

export interface Column {
	/** `segmented`, or `segmented (fabric)` where it is put to the test at several placements. */
	readonly name: string;
	readonly candidate: string;
	/** One for each scenario, in the report's order. */
	readonly runs: readonly RunReport[];
	/** The one that tells of its flows: they do not depend on who attacks, but two attackers may disagree in one and not in another. */
	readonly run: RunReport;
}

/** The control is the run of `flat`. */
export const isFlat = ({candidate}: Pick<RunReport, 'candidate'>): boolean => candidate === 'flat';

/** The columns of a report, the control first; at least one run each. */
export function columnsOf(runs: readonly RunReport[]): readonly Column[] {
	const headline = runs.filter(({worst}) => worst);
	const groups = Map.groupBy(headline, ({candidate, placement}) => `${candidate}\0${placement}`);
	return [...groups.values()].map(group => ({
		name: nameOf(group[0]!, headline),
		candidate: group[0]!.candidate,
		runs: group,
		run: group.reduce((most, run) => (run.fidelity.mismatches > most.fidelity.mismatches ? run : most)),
	}));
}

const nameOf = ({candidate, placement}: RunReport, all: readonly RunReport[]): string =>
	new Set(all.filter(other => other.candidate === candidate).map(other => other.placement)).size > 1
		? `${oneLine(candidate)} (${placement})`
		: oneLine(candidate);

/** Columns that `say` the same, together, in the order of the first of each. */
export const alike = (columns: readonly Column[], say: (column: Column) => unknown): readonly (readonly Column[])[] => [
	...Map.groupBy(columns, column => JSON.stringify(say(column))).values(),
];
