// An edit that is not in force: what is wrong with it, or what it would open, close and break.
import {marks} from '../../../core/text/marks.ts';
import {type Line, shown, span} from '../../line.ts';
import type {ConsoleState, Draft} from '../state.ts';

/** Empty where nothing was edited. */
export function draftLines({draft, ascii}: Pick<ConsoleState, 'draft' | 'ascii'>): readonly Line[] {
	if (draft === null) return [];
	return [...(draft.problems.length > 0 ? problemLines(draft, ascii) : changeLines(draft, ascii)), []];
}

function problemLines({problems, texts}: Draft, ascii: boolean): readonly Line[] {
	return [
		[span(`edited, and wrong: ${counted(problems.length, 'problem')}`, 'bad')],
		[span('e edits again · Esc drops the edit', 'dim')],
		...problems.flatMap(({where: {file, line, column}, what, mend}): readonly Line[] => {
			const text = texts.get(file)?.split(/\r?\n/)[line - 1];
			const at = `${shown(file)}:${line}:${column}`;
			return [
				[span(`  ${ascii ? 'x' : marks.bad} `, 'bad'), span(`${at}  `, 'dim'), span(shown(what))],
				...(text === undefined || text.trim() === ''
					? []
					: [
							[span(`${String(line).padStart(8)}  `, 'dim'), span(shown(text.trim().replaceAll('\t', '  ')), 'strong')],
						]),
				...(mend === '' ? [] : [[span('          '), span(shown(mend), 'dim')]]),
			];
		}),
	];
}

function changeLines({opened, closed, broken}: Draft, ascii: boolean): readonly Line[] {
	const nothing = opened.length + closed.length === 0;
	const figures = nothing
		? 'edited, not in force: no flow opens and none closes'
		: `edited, not in force: opens ${opened.length}, closes ${closed.length}, breaks ${broken.length}`;
	return [
		[span(figures, 'strong')],
		[span('y applies it · e edits again · Esc drops it', 'dim')],
		...broken.map(text => [span('  ! breaks ', 'bad'), span(shown(arrows(text, ascii)))]),
		...opened.map(text => [span('  + opens  ', 'warn'), span(shown(arrows(text, ascii)))]),
		...closed.map(text => [span('  - closes ', 'good'), span(shown(arrows(text, ascii)))]),
	];
}

/** As the other panes draw a flow. */
const arrows = (text: string, ascii: boolean): string => (ascii ? text : text.replace(' -> ', ' ▸ '));

const counted = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;
