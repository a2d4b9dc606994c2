// An edit that is not in force: what is wrong with it, or what it would open, close and break.
import {marks} from '../../../core/text/marks.ts';
import {type Line, type Look, shown, span, textOf} from '../../line.ts';
import {brokenAtBlanks} from '../broken-at-blanks.ts';
import type {ConsoleState, Draft} from '../state.ts';
import type {Box} from '../view.ts';

/** Empty where nothing was edited. */
export function draftLines({draft, ascii}: Pick<ConsoleState, 'draft' | 'ascii'>, width: Width): readonly Line[] {
	if (draft === null) return [];
	return [...(draft.problems.length > 0 ? problemLines(draft, ascii, width) : changeLines(draft, ascii, width)), []];
}

type Width = Pick<Box, 'columns' | 'widthOf'>;

/** Read in full, however narrow the pane is. */
function wrapped(first: Line, text: string, look: Look, {columns, widthOf}: Width): readonly Line[] {
	const indent = widthOf(textOf(first));
	return brokenAtBlanks(shown(text), Math.max(10, columns - indent), widthOf).map((part, at) => [
		...(at === 0 ? first : [span(' '.repeat(indent))]),
		span(part, look),
	]);
}

function problemLines({problems, texts}: Draft, ascii: boolean, width: Width): readonly Line[] {
	return [
		[span(`edited, and wrong: ${counted(problems.length, 'problem')}`, 'bad')],
		[span('e edits again · Esc drops the edit', 'dim')],
		...problems.flatMap(({where: {file, line, column}, what, mend}): readonly Line[] => {
			const text = texts.get(file)?.split(/\r?\n/)[line - 1]?.trim() ?? '';
			return [
				[span(`  ${ascii ? 'x' : marks.bad} `, 'bad'), span(`${shown(fileName(file))}:${line}:${column}`, 'dim')],
				...wrapped([span('    ')], what, 'plain', width),
				...(text === ''
					? []
					: [[span(`${String(line).padStart(8)}  `, 'dim'), span(shown(text.replaceAll('\t', '  ')), 'strong')]]),
				...(mend === '' ? [] : wrapped([span('    ')], mend, 'dim', width)),
			];
		}),
	];
}

const fileName = (path: string): string => path.replace(/^.*\//, '');

function changeLines({opened, closed, broken}: Draft, ascii: boolean, width: Width): readonly Line[] {
	const nothing = opened.length + closed.length === 0;
	const figures = nothing
		? 'edited, not in force: no flow opens and none closes'
		: `edited, not in force: opens ${opened.length}, closes ${closed.length}, breaks ${broken.length}`;
	const flows = (first: string, look: Look, texts: readonly string[]): readonly Line[] =>
		texts.flatMap(text => wrapped([span(first, look)], arrows(text, ascii), 'plain', width));
	return [
		...wrapped([], figures, 'strong', width),
		...wrapped([], 'y applies it · e edits again · Esc drops it', 'dim', width),
		...flows('  ! breaks ', 'bad', broken),
		...flows('  + opens  ', 'warn', opened),
		...flows('  - closes ', 'good', closed),
	];
}

/** As the other panes draw a flow. */
const arrows = (text: string, ascii: boolean): string => (ascii ? text : text.replace(' -> ', ' ▸ '));

const counted = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;
