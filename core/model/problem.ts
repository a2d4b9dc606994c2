/** Where something stands in a file a user wrote: 1-based line and column. */
export interface Place {
	readonly file: string;
	readonly line: number;
	readonly column: number;
}

/** One thing that is wrong with the input, and how to mend it. `mend` is empty when the `what` says it all. */
export interface Problem {
	readonly where: Place;
	readonly what: string;
	readonly mend: string;
}

/** What parsing gives: the value, or every problem at once. Warnings stand beside a value that can be used. */
export type Parsed<T> =
	| {readonly kind: 'ok'; readonly value: T; readonly warnings: readonly Problem[]}
	| {readonly kind: 'wrong'; readonly problems: readonly Problem[]};

/** `file:line:column: what (mend)`, the one form in which problems are printed. */
export const renderProblem = ({where, what, mend}: Problem): string =>
	`${where.file}:${where.line}:${where.column}: ${what}${mend === '' ? '' : ` (${mend})`}`;

/** Sorted by file, line and column, so that output never depends on the order of checks. */
export const sortProblems = (problems: readonly Problem[]): readonly Problem[] =>
	[...problems].sort(
		(a, b) =>
			(a.where.file < b.where.file ? -1 : a.where.file > b.where.file ? 1 : 0) ||
			a.where.line - b.where.line ||
			a.where.column - b.where.column ||
			(a.what < b.what ? -1 : a.what > b.what ? 1 : 0),
	);
