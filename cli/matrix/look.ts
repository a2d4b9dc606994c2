// How a cell looks: a glyph first, so that a table says something without being read.

import type {Cell} from '../../core/reach/connections.ts';
import {everyPort, type PortSet, samePorts} from '../../core/reach/port-set.ts';
import {marks} from '../../core/text/marks.ts';
import type {Style} from '../report/paint.ts';
import {portWords, shortPorts} from './port-words.ts';

export interface CellText {
	readonly text: string;
	readonly style: Style;
}

export interface Look {
	/** Null: source and destination are no pair. */
	cell(cell: Cell | null): CellText;
	/** What the glyphs mean that were drawn, in the order of their first use. */
	legend(): readonly string[];
}

export const glyphs = {itself: '–', nothing: marks.nothing, some: marks.none, everything: marks.all} as const;

const longestWords = 9;

/** A letter for each set of ports, by their first use; null when they have run out. */
function lettered() {
	const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
	const sets: PortSet[] = [];
	return {
		of(set: PortSet): string | null {
			const known = sets.findIndex(other => samePorts(other, set));
			return letters[known === -1 ? sets.push(set) - 1 : known] ?? null;
		},
		legend: (): readonly string[] => sets.map((set, at) => `${letters[at]} ${portWords(set)}`),
	};
}

/**
 * `words`: `○ 5432` in each cell, long sets as a letter of the legend. `letters`: one character a cell. Behind it `~` where
 * replicas differ and `≠` where the families do. @throws RangeError where there are more sets of ports than letters
 */
export function look(kind: 'words' | 'letters'): Look {
	const letters = lettered();
	const used = new Set<string>();
	const marked = (text: string, {everywhere, byFamily}: Cell): string => {
		const marks = `${everywhere ? '' : '~'}${byFamily === null ? '' : '≠'}`;
		for (const mark of marks) used.add(mark);
		return text + marks;
	};
	const wordsOf = (set: PortSet): string => {
		const short = kind === 'words' ? shortPorts(set, longestWords) : null;
		if (short !== null) {
			if (/\d/.test(short)) used.add(glyphs.some);
			return `${glyphs.some} ${short}`;
		}
		const letter = letters.of(set);
		if (letter === null) throw new RangeError('more sets of ports than letters');
		return kind === 'words' ? `${glyphs.some} ${letter}` : letter;
	};
	const drawn = (glyph: string): string => {
		used.add(glyph);
		return glyph;
	};
	return {
		cell(cell) {
			if (cell === null) return {text: drawn(glyphs.itself), style: 'dim'};
			if (cell.open.length === 0) return {text: drawn(glyphs.nothing), style: 'dim'};
			if (samePorts(cell.open, everyPort)) return {text: marked(drawn(glyphs.everything), cell), style: 'warn'};
			return {text: marked(wordsOf(cell.open), cell), style: 'plain'};
		},
		legend: () => [
			...letters.legend(),
			...meanings.filter(([glyph]) => used.has(glyph)).map(([glyph, meaning]) => `${glyph} ${meaning}`),
		],
	};
}

const meanings: readonly (readonly [string, string])[] = [
	[glyphs.some, 'these ports (tcp where nothing else is said)'],
	[glyphs.everything, 'everything'],
	[glyphs.nothing, 'nothing'],
	[glyphs.itself, 'no pair'],
	['~', 'not from or to every replica'],
	['≠', 'IPv4 and IPv6 differ: what either opens'],
];
