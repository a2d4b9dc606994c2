// Variables in the texts of a document, replaced by what somebody set.
import type {Document} from '../files/document.ts';
import type {Problem} from '../model/problem.ts';
import {interpolate, type Lookup} from './interpolate.ts';

type Path = readonly (string | number)[];

export interface Filled {
	/** With the places of the one that was given. */
	readonly document: Document;
	/** Where something was set went in. */
	readonly filled: readonly Path[];
	/** Variables that must be set, and braces that are not closed. */
	readonly problems: Problem[];
	/** Variables that are not set, each once. */
	readonly warnings: Problem[];
}

/**
 * Keys stay as they are.
 *
 * @param isShell - whether the text at a path is a program's own, in which a dollar may mean something else: it stays
 */
export function fillIn(document: Document, lookup: Lookup, isShell: (path: Path) => boolean = () => false): Filled {
	const problems: Problem[] = [];
	const warnings: Problem[] = [];
	const filled: Path[] = [];
	const told = new Set<string>();
	const fillText = (value: string, at: Path): string => {
		const {text, unset, wrong, filled: set} = interpolate(value, lookup);
		const where = document.place(at);
		if (wrong !== null) problems.push({where, what: wrong, mend: 'set it, or write $$ for a dollar'});
		for (const name of unset.filter(one => !told.has(one))) {
			told.add(name);
			warnings.push({where, what: `the variable ${name} is not set: it is empty`, mend: ''});
		}
		if (set) filled.push(at);
		return text;
	};
	const visit = (value: unknown, at: Path): unknown => {
		if (typeof value === 'string') return isShell(at) ? value : fillText(value, at);
		if (Array.isArray(value)) return value.map((one, index) => visit(one, [...at, index]));
		const map = asMap(value);
		if (map === undefined) return value;
		return Object.fromEntries(Object.entries(map).map(([key, one]) => [key, visit(one, [...at, key])]));
	};
	return {document: {...document, value: visit(document.value, [])}, filled, problems, warnings};
}

/** The value as a map, where it is one. */
export const asMap = (value: unknown): Readonly<Record<string, unknown>> | undefined =>
	typeof value === 'object' && value !== null && !Array.isArray(value)
		? (value as Readonly<Record<string, unknown>>)
		: undefined;
