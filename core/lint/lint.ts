import type {Finding} from './finding.ts';
import {findingKinds} from './kinds.ts';
import {lintCase} from './lint-case.ts';
import type {LintInput} from './subject.ts';

/** A finding with the id of its kind. */
export interface Found extends Finding {
	readonly id: string;
}

/**
 * Everything that is to be said of one stack over one topology, sorted by file, line and id. An empty stack has nothing
 * to find. Every witness is what the evaluator says.
 */
export function lint(input: LintInput): readonly Found[] {
	if (input.stack.length === 0) return [];
	const linted = lintCase(input);
	return sortFindings(findingKinds.flatMap(({id, find}) => find(linted).map(one => ({id, ...one}))));
}

export const sortFindings = <T extends Found>(findings: readonly T[]): readonly T[] =>
	[...findings].sort(
		(a, b) =>
			compare(a.where.file, b.where.file) ||
			a.where.line - b.where.line ||
			a.where.column - b.where.column ||
			compare(a.id, b.id) ||
			compare(a.what, b.what),
	);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
