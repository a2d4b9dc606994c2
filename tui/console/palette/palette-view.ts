// The palette, from its box's first line: what is typed, what may stand there, what it does or what is wrong, and the
// command line that does the same.

import {type Line, shown, span} from '../../line.ts';
import type {ConsoleCommand} from '../commands/console-command.ts';
import {commandNamed} from '../commands/run-command.ts';
import type {ConsoleState} from '../state.ts';
import {type Box, filled, type View} from '../view.ts';
import {type Completion, completions} from './complete.ts';
import {parsePalette, takes, wordsIn} from './palette.ts';
import {sameLine} from './same-line.ts';

export const paletteView: View = (state, box) => {
	if (state.overlay.kind !== 'palette') return filled([], box);
	const {text, choice} = state.overlay;
	const offered = completions(text, state);
	const foot = footLines(state, text, offered.length > 0, box);
	const room = Math.max(0, box.rows - 1 - foot.length);
	return filled([inputLine(text, state, box), ...foot, ...offeredLines(offered, choice, room, box)], box);
};

/** The end of what is typed is always seen. */
function inputLine(text: string, {ascii}: ConsoleState, {columns, widthOf}: Box): Line {
	let seen = text === '' ? '' : shown(text);
	while (seen !== '' && widthOf(seen) > Math.max(0, columns - 3)) seen = seen.slice(1);
	return [span(':', 'accent'), span(seen), span(ascii ? '_' : '▏', 'accent')];
}

/** What the line does and by which command line; or what is wrong with it, unless it only is not yet all typed. */
function footLines(state: ConsoleState, text: string, isOpen: boolean, {columns}: Box): readonly Line[] {
	const line = parsePalette(text, state);
	const usage = (command: ConsoleCommand): Line => [span(`  ${takes(command)}`), span(`   ${command.about}`, 'dim')];
	switch (line.kind) {
		case 'empty':
			return [[span('  a command; Tab completes it, the arrows choose, Enter does it, Esc leaves', 'dim')]];
		case 'wrong': {
			const command = commandNamed(wordsIn(text)[0]!);
			if (isOpen) return [command === undefined ? [span('  Tab completes it', 'dim')] : usage(command)];
			return [[span(`  ${shown(line.what)}`, 'warn'), span(line.mend === '' ? '' : ` (${shown(line.mend)})`, 'dim')]];
		}
		case 'command': {
			const same = sameLine(state, line);
			return [usage(line.command), ...(same === null ? [] : sameLines(shown(same), Math.max(1, columns - 12)))];
		}
		default:
			return line satisfies never;
	}
}

/** Whole, however long it is: it is there to be copied. */
const sameLines = (text: string, columns: number): readonly Line[] =>
	(text.match(new RegExp(`.{1,${columns}}`, 'gu')) ?? [])
		.slice(0, 4)
		.map((part, at) => [span(at === 0 ? '  the same: ' : '            ', 'dim'), span(part, 'strong')]);

/** As many as there is room for, about the chosen one; notes in a column of their own. */
function offeredLines(
	offered: readonly Completion[],
	choice: number,
	room: number,
	{widthOf, columns}: Box,
): readonly Line[] {
	const first = Math.max(0, Math.min(choice - Math.floor(room / 2), offered.length - room));
	const seen = offered.slice(first, first + room);
	const width = Math.min(Math.max(0, ...seen.map(({word}) => widthOf(shown(word)))), Math.max(0, columns - 4));
	return seen.map(({word, note}, at) => {
		const name = shown(word);
		const gap = ' '.repeat(Math.max(0, width - widthOf(name)));
		const look = first + at === choice ? 'chosen' : 'plain';
		return [span('    '), span(name, look), span(`${gap}   `), span(note, 'dim')];
	});
}
