// A candidate as the judge sees it: its runs, what was seen of its flows, and what the model says of them.
import type {Evidence} from '../core/contracts/evidence.ts';
import type {RunReport} from '../core/contracts/report.ts';
import type {Flow} from '../core/model/flow.ts';
import type {Verdict} from '../core/model/policy.ts';
import type {Candidate, Rehearsal} from '../core/model/rehearsal.ts';

export interface Column {
	readonly candidate: Candidate;
	/** Its runs, of every scenario and foothold. */
	readonly runs: readonly RunReport[];
	/** Probed under it, by `flowKey`. */
	readonly evidence: ReadonlyMap<string, Evidence>;
	/** The model's verdict of the candidate at its placement. */
	readonly verdict: (flow: Flow) => Verdict;
}

export interface JudgeInput {
	readonly rehearsal: Rehearsal;
	/** `flat`, the control, among them. */
	readonly columns: readonly Column[];
	readonly measured: 'packets' | 'model';
	/** ISO date or time: the day on which acceptances are judged. */
	readonly now: string;
}

/** The control's column; undefined where it was not run. */
export const controlOf = (columns: readonly Column[]): Column | undefined =>
	columns.find(({candidate}) => candidate.name === 'flat');

/** Those put to the test: neither the control nor what is in force today. */
export const underTest = (columns: readonly Column[]): readonly Column[] =>
	columns.filter(({candidate}) => candidate.name !== 'flat' && !candidate.today);

/** `segmented`, with its placement where one name stands at several. */
export const columnName = ({candidate}: Column, columns: readonly Column[]): string =>
	columns.filter(other => other.candidate.name === candidate.name).length > 1
		? `${candidate.name} (${candidate.placement})`
		: candidate.name;

/** False outranks null, and null outranks true; of nothing, true. */
export const worstAnswer = (answers: readonly (boolean | null)[]): boolean | null =>
	answers.includes(false) ? false : answers.includes(null) ? null : true;
