// What came of each case, and the lines that say so.
import type {Case} from './corpus.ts';
import type {Judgement} from './judgement.ts';

export type Outcome =
	| {readonly kind: 'passed' | 'failed'; readonly one: Case; readonly judgement: Judgement}
	| {readonly kind: 'skipped'; readonly one: Case; readonly reason: string};

const kinds = ['passed', 'failed', 'skipped'] as const;

/** Passed, failed and skipped by source; then why cases were left out. */
export function tableLines(outcomes: readonly Outcome[]): readonly string[] {
	const rows = [...Map.groupBy(outcomes, ({one}) => one.source)].map(([source, own]) => [
		source,
		...kinds.map(kind => String(own.filter(outcome => outcome.kind === kind).length)),
	]);
	const reasons = Map.groupBy(
		outcomes.filter(outcome => outcome.kind === 'skipped'),
		({reason}) => reason,
	);
	return [
		...aligned([['source', ...kinds], ...rows]),
		...(reasons.size === 0 ? [] : ['', 'left out:']),
		...[...reasons].map(([reason, own]) => `  ${String(own.length).padStart(4)}  ${reason}`),
	];
}

/** The first column to the left, the others to the right. */
function aligned(rows: readonly (readonly string[])[]): readonly string[] {
	const widths = rows[0]!.map((_, column) => Math.max(...rows.map(row => row[column]!.length)));
	return rows.map(row =>
		row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]! + 2))).join(''),
	);
}

/** Each case that failed, with its first three differences. */
export const failureLines = (outcomes: readonly Outcome[]): readonly string[] =>
	outcomes.flatMap(outcome => {
		if (outcome.kind !== 'failed') return [];
		const {one, judgement} = outcome;
		const more = judgement.differences.length - 3;
		return [
			`FAILED ${one.source}/${one.case}`,
			...judgement.differences.slice(0, 3).map(line => `  ${line}`),
			...(more > 0 ? [`  and ${more} more`] : []),
		];
	});

/** `N passed, N failed, N skipped`. */
export const lastLine = (outcomes: readonly Outcome[]): string =>
	kinds.map(kind => `${outcomes.filter(outcome => outcome.kind === kind).length} ${kind}`).join(', ');
