// What the last key did, or which keys matter now.
import {marks} from '../../../core/text/marks.ts';
import {type Line, shown, span} from '../../line.ts';
import {hints} from '../keys/help.ts';
import type {ConsoleState} from '../state.ts';
import type {Box} from '../view.ts';
import {hintWords} from './chosen-line.ts';

export function keysLine(state: ConsoleState, {columns, widthOf}: Box): Line {
	const {busy, said, fresh, ascii} = state;
	if (busy !== null) return [span(` ${ascii ? '...' : '…'} `, 'accent'), span(shown(busy))];
	if (said !== null) {
		const mark =
			said.look === 'bad'
				? ascii
					? 'x '
					: `${marks.bad} `
				: said.look === 'good'
					? ascii
						? '+ '
						: `${marks.good} `
					: '';
		return [span(` ${mark}${shown(said.text)}`, said.look)];
	}
	const first: Line = fresh ? [span(' to begin: ', 'accent')] : [span(' ')];
	return [...first, ...hintWords(hints(state).always, columns - (fresh ? 12 : 2), widthOf)];
}
