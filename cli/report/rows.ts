// How a figure of a run becomes a cell: a glyph or a word says what the colour repeats.
import type {RunReport} from '../../core/contracts/report.ts';
import {count, countOf} from './lines.ts';
import type {Style} from './paint.ts';
import type {Cell, Row} from './table.ts';

export const cell = (text: string, style: Style = 'plain'): Cell => ({text, style});

/** One measure of all runs; `draw` sees one of them. */
export const row = (runs: readonly RunReport[], label: string, draw: (run: RunReport) => Cell, unit = ''): Row => ({
	label,
	cells: runs.map(draw),
	unit,
});

/** `rows` where `wanted`, else none. */
export const when = (wanted: boolean, ...rows: readonly Row[]): readonly Row[] => (wanted ? rows : []);

/** What was lost of `others`; a run that a limit ended lost at least so much. */
export function lost(
	{containment: {ended}}: RunReport,
	{compromised, others}: {readonly compromised: number; readonly others: number},
): Cell {
	if (others === 0) return cell('–');
	const text = countOf(compromised, others);
	if (ended === 'limit')
		return cell(`≥ ${compromised === 0 ? text.replace('none', '0') : text}`, compromised === 0 ? 'warn' : 'bad');
	return cell(text, compromised === 0 ? 'good' : 'bad');
}

/** A number that should be none; `!` where it is not. */
export const flagged = (value: number, text = count(value)): Cell =>
	value === 0 ? cell(text === '0' ? 'none' : text, 'good') : cell(`${text} !`, 'warn');
