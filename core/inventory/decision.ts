// What an inventory or a flow log leaves open: each with what was assumed, and how to say it otherwise. Many rows with the
// same gap are one decision.
import type {Problem} from '../model/problem.ts';

/** Rows with one gap as one decision, at the first of them. */
export function decide(file: string, lines: readonly number[], what: string, mend: string): readonly Problem[] {
	const [first] = lines;
	if (first === undefined) return [];
	return [{where: {file, line: first, column: 1}, what: `${what}${alsoLines(lines.slice(1))}`, mend}];
}

/** `; also lines 12, 15 and 20 more`. */
const alsoLines = (lines: readonly number[]): string => {
	if (lines.length === 0) return '';
	const shown = lines.slice(0, 6).join(', ');
	return `; also line${lines.length === 1 ? '' : 's'} ${shown}${lines.length > 6 ? ` and ${lines.length - 6} more` : ''}`;
};
