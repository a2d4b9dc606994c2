import {commandsFor} from '../commands/console-commands.ts';
import {commandNamed} from '../commands/run-command.ts';
import type {ConsoleState} from '../state.ts';
import {wordsIn} from './palette.ts';

export interface Completion {
	/** The word, in full. */
	readonly word: string;
	/** What the line is with it. */
	readonly text: string;
	/** Of a command, what it does. */
	readonly note: string;
}

/**
 * What the last word may become: those that begin with it first, then those that have it within. After a blank, all that
 * may stand there. The line is open to more where the command takes more.
 */
export const completions = (text: string, state: ConsoleState): readonly Completion[] =>
	offered(text, state).filter(one => one.text !== text);

function offered(text: string, state: ConsoleState): readonly Completion[] {
	const words = wordsIn(text);
	const open = /\s$/.test(text) || words.length === 0 ? '' : words.at(-1)!;
	const before = open === '' ? words : words.slice(0, -1);
	const [name, ...given] = before;
	if (name === undefined)
		return matching(
			open,
			commandsFor(state).map(one => one.name),
		).map(word => {
			const command = commandNamed(word)!;
			return {word, text: command.slots.length > 0 ? `${word} ` : word, note: command.about};
		});
	const slots = commandNamed(name)?.slots ?? [];
	const at = Math.min(given.length, slots.at(-1)?.takes === 'rest' ? slots.length - 1 : given.length);
	const slot = slots[at];
	if (slot === undefined) return [];
	const line = before.join(' ');
	const goesOn = at + 1 < slots.length || slot.takes === 'rest';
	return matching(open, slot.words(state, given)).map(word => ({
		word,
		text: `${line} ${word}${goesOn ? ' ' : ''}`,
		note: '',
	}));
}

const mostOffered = 200;

function matching(open: string, words: readonly string[]): readonly string[] {
	const lower = open.toLowerCase();
	const begin = words.filter(word => word.toLowerCase().startsWith(lower));
	const within = lower === '' ? [] : words.filter(word => !begin.includes(word) && word.toLowerCase().includes(lower));
	return [...begin, ...within].slice(0, mostOffered);
}
