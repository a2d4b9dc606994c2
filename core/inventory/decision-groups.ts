// What is to be decided, by what there is to do about it: few words for a person, every one in a table.
import type {Problem} from '../model/problem.ts';

export interface DecisionGroup {
	/** What there is to do; '' where nothing is known. */
	readonly mend: string;
	readonly shown: readonly Problem[];
	/** How many are not among them. */
	readonly more: number;
}

/** @param most - so many of each group are shown, and of one more than that all */
export function decisionGroups(decisions: readonly Problem[], most: number): readonly DecisionGroup[] {
	return [...Map.groupBy(decisions, ({mend}) => mend)].map(([mend, all]) => {
		const shown = all.length <= most + 1 ? all : all.slice(0, most);
		return {mend, shown, more: all.length - shown.length};
	});
}

/** Name of the table. */
export const decisionFile = 'to-decide.csv';

/** How many of a group stand in the head of a topology. */
const mostInHead = 5;

/** Sentences for the head of a topology. */
export const decisionHead = (decisions: readonly Problem[]): readonly string[] =>
	decisionGroups(decisions, mostInHead).flatMap(({mend, shown, more}) => [
		...shown.map(
			({where, what}) => `to decide: ${where.file}:${where.line}: ${what}${mend === '' ? '' : ` (${mend})`}`,
		),
		...(more === 0
			? []
			: [`to decide: … and ${more} more like these, in ${decisionFile}${mend === '' ? '' : ` (${mend})`}`]),
	]);

/** Every one as a row of CSV (RFC 4180). */
export const decisionTable = (decisions: readonly Problem[]): string =>
	[
		'file,line,what,to do',
		...decisions.map(({where, what, mend}) => [where.file, String(where.line), what, mend].map(cell).join(',')),
	]
		.map(row => `${row}\r\n`)
		.join('');

/** A spreadsheet would take these for formulas. */
const cell = (text: string): string => {
	const plain = /^[=+\-@\t]/.test(text) ? `'${text}` : text;
	return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
};
