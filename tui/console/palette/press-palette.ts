// Keys of the palette: what is typed, Tab and the arrows through what may stand there, Enter.
import {only, refused} from '../change.ts';
import {runCommand} from '../commands/run-command.ts';
import {typed} from '../keys/typed.ts';
import type {Change} from '../message.ts';
import type {ConsoleState} from '../state.ts';
import {type Completion, completions} from './complete.ts';
import {parsePalette} from './palette.ts';

type Palette = Extract<ConsoleState['overlay'], {kind: 'palette'}>;

export function pressPalette(state: ConsoleState, {text, choice}: Palette, key: string): Change {
	const open = (next: Partial<Palette>): Change => only({...state, overlay: {kind: 'palette', text, choice, ...next}});
	switch (key) {
		case 'escape':
			return only({...state, overlay: {kind: 'none'}});
		case 'enter':
			return entered(state, completions(text, state)[choice]?.text ?? text);
		case 'tab': {
			const offered = completions(text, state);
			const next = choice >= 0 ? offered[choice]?.text : common(text, offered);
			return next === undefined ? only(state) : open({text: next, choice: -1});
		}
		case 'up':
		case 'S-tab':
			return open({choice: Math.max(-1, choice - 1)});
		case 'down':
			return open({choice: Math.min(completions(text, state).length - 1, choice + 1)});
		case 'backspace':
			// Behind an empty line there is nothing but the way out.
			return text === '' ? only({...state, overlay: {kind: 'none'}}) : open({text: typed(text, key), choice: -1});
		default: {
			const next = typed(text, key);
			return next === text ? only(state) : open({text: next, choice: -1});
		}
	}
}

/** A line that is wrong stays, so that it can be mended; what is wrong stands under it. */
function entered(state: ConsoleState, text: string): Change {
	const line = parsePalette(text, state);
	const closed: ConsoleState = {...state, overlay: {kind: 'none'}};
	if (line.kind === 'empty') return only(closed);
	if (line.kind === 'command') return runCommand(closed, line.command.name, line.words);
	const changed = refused({...state, overlay: {kind: 'palette', text, choice: -1}}, `${line.what} ${line.mend}`.trim());
	return changed;
}

/** The line with what all that begin so have in common; where that is nothing more, the first of them. */
function common(text: string, offered: readonly Completion[]): string | undefined {
	const [first, ...others] = offered;
	if (first === undefined) return undefined;
	if (others.length === 0) return first.text;
	const typedSoFar = /\S*$/.exec(text)![0];
	const alike = offered.filter(({word}) => word.toLowerCase().startsWith(typedSoFar.toLowerCase()));
	let shared = alike[0]?.word ?? '';
	for (const {word} of alike) while (!word.startsWith(shared)) shared = shared.slice(0, -1);
	if (alike.length === 1) return alike[0]!.text;
	return shared.length > typedSoFar.length ? text.slice(0, text.length - typedSoFar.length) + shared : first.text;
}
