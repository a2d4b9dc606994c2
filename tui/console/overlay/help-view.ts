// Every key and every glyph by its meaning.

import {glyphs} from '../../glyphs.ts';
import {clip, type Line, padded, shown, span, textOf} from '../../line.ts';
import {brokenAtBlanks} from '../broken-at-blanks.ts';
import {help} from '../keys/help.ts';
import {strokes} from '../map/draw-way.ts';
import {flowMarks} from '../panes/flows-view.ts';
import {markMeanings} from '../panes/timeline-view.ts';
import type {ConsoleState} from '../state.ts';
import {type Box, filled, type View} from '../view.ts';

/** From `overlay.top` on; its last line says how much there is below. */
export const helpView: View = (state, box) => {
	const lines = helpLines(state, box);
	const room = Math.max(0, box.rows - 1);
	if (lines.length <= room) return filled([...lines, ...blank(room - lines.length), leave('')], box);
	const wanted = state.overlay.kind === 'help' ? (state.overlay.top ?? 0) : 0;
	const top = Math.max(0, Math.min(lines.length - room, Number.isFinite(wanted) ? Math.floor(wanted) : 0));
	const below = lines.length - room - top;
	return filled(
		[
			...lines.slice(top, top + room),
			leave(below > 0 ? `${below} more lines below, arrows scroll · ` : 'arrows scroll · '),
		],
		box,
	);
};

const blank = (rows: number): readonly Line[] => Array.from({length: Math.max(0, rows)}, () => []);
const leave = (more: string): Line => [span(`  ${more}Esc leaves`, 'dim')];

/** How many lines the help has in a box of that width. */
export const helpLength = (state: ConsoleState, box: Box): number => helpLines(state, box).length;

interface Section {
	readonly title: string;
	readonly rows: readonly (readonly [key: Line, means: Line])[];
}

const gap = 3;

/** Two columns of sections where they fit, else one. */
function helpLines(state: ConsoleState, box: Box): readonly Line[] {
	const half = Math.floor((box.columns - gap) / 2);
	const blocks = sectionsOf(state).map(section => linesOf(section, half >= 44 ? half : box.columns, box));
	if (half < 44) return blocks.flatMap(lines => [...lines, []]);
	const total = blocks.reduce((sum, lines) => sum + lines.length + 1, 0);
	const left: Line[] = [];
	const right: Line[] = [];
	for (const lines of blocks)
		(right.length === 0 && left.length + lines.length / 2 <= total / 2 ? left : right).push(...lines, []);
	return Array.from({length: Math.max(left.length, right.length)}, (_, at) => [
		...padded(left[at] ?? [], half + gap, box.widthOf),
		...(right[at] ?? []),
	]);
}

function sectionsOf(state: ConsoleState): readonly Section[] {
	const {ascii} = state;
	const form = ascii ? 'ascii' : 'text';
	return [
		...help(state).map(({title, rows}) => ({
			title,
			rows: rows.map(({key, command, about}): readonly [Line, Line] => [
				[span(shownOr(key === '' ? `:${command.split(' ')[0]}` : key), 'strong')],
				[span(shownOr(about))],
			]),
		})),
		{
			title: 'The map',
			rows: Object.values(glyphs).map(one => [[span(one[form], one.look)], [span(one.means)]]),
		},
		{
			title: 'The ways of attempts',
			rows: Object.values(strokes).map(one => {
				const {across, heads, look, means} = one[form];
				return [[span(`${across}${across}${heads[0]!}`, look)], [span(means)]];
			}),
		},
		{
			title: 'The timeline',
			rows: markMeanings(ascii).map(([mark, look, means]) => [[span(mark, look)], [span(means)]]),
		},
		{title: 'The flows', rows: flowMarks(ascii).map(([mark, look, means]) => [[span(mark, look)], [span(means)]])},
	];
}

const shownOr = (text: string): string => (text === '' ? '' : shown(text));

/** What a key does is read in full: it goes on below itself where it is too long. */
function linesOf({title, rows}: Section, columns: number, {widthOf}: Box): readonly Line[] {
	const key = Math.min(16, Math.max(0, ...rows.map(([one]) => widthOf(textOf(one)))));
	const indent = 4 + key + 2;
	return [
		clip([span(`  ${title}`, 'strong')], columns, widthOf),
		...rows.flatMap(([one, means]) =>
			brokenAtBlanks(textOf(means), Math.max(10, columns - indent), widthOf).map((part, at) =>
				clip(
					[...(at === 0 ? [span('    '), ...padded(one, key + 2, widthOf)] : [span(' '.repeat(indent))]), span(part)],
					columns,
					widthOf,
				),
			),
		),
	];
}
