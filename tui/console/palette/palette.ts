// A command line of the console, from its text: what it means, or what is wrong with it.
import {didYouMean} from '../../../core/files/nearest.ts';
import {plainWord} from '../../../core/files/plain-word.ts';
import type {ConsoleCommand, Slot} from '../commands/console-command.ts';
import {commandsFor} from '../commands/console-commands.ts';
import {commandNamed} from '../commands/run-command.ts';
import type {ConsoleState} from '../state.ts';

export type CommandLine =
	| {readonly kind: 'empty'}
	| {readonly kind: 'command'; readonly command: ConsoleCommand; readonly words: readonly string[]}
	| {readonly kind: 'wrong'; readonly what: string; readonly mend: string};

export const wordsIn = (text: string): readonly string[] => text.split(/\s+/).filter(word => word !== '');

/** Unknown words are named with the nearest known ones; what may be left out may be left out. */
export function parsePalette(text: string, state: ConsoleState): CommandLine {
	const [name, ...words] = wordsIn(text);
	if (name === undefined) return {kind: 'empty'};
	const command = commandNamed(name);
	if (command === undefined)
		return wrong(
			`there is no command ${plainWord(name)}`,
			didYouMean(
				name,
				commandsFor(state).map(one => one.name),
			),
		);
	const taken: string[] = [];
	let rest = words;
	for (const slot of command.slots) {
		const [word, ...others] = rest;
		if (word === undefined) {
			if (slot.optional) break;
			return wrong(`${command.name} which ${slot.name}?`, didYouMean('', slot.words(state, taken)));
		}
		if (slot.takes === 'rest') {
			taken.push(rest.join(' '));
			rest = [];
			break;
		}
		const known = slot.takes === 'free' ? null : slot.words(state, taken);
		if (known !== null && !known.includes(word)) return unknown(slot, word, known);
		if (slot.takes === 'literal') {
			if (others.length === 0) return wrong(`${slot.name} whom?`, `${text.trim()} ${afterLiteral(command, slot)}`);
		} else taken.push(word);
		rest = others;
	}
	if (rest.length > 0) return wrong(`${plainWord(rest[0]!)} stands behind what ${name} reads`, takes(command));
	return {kind: 'command', command, words: taken};
}

function unknown(slot: Slot, word: string, known: readonly string[]): CommandLine {
	if (slot.takes === 'literal') return wrong(`${plainWord(word)} is not understood here`, `did you mean ${slot.name}?`);
	if (known.length === 0) return wrong(`there is no ${slot.name} to name`, '');
	return wrong(`there is no ${slot.name} ${plainWord(word)}`, didYouMean(word, known));
}

const afterLiteral = ({slots}: ConsoleCommand, slot: Slot): string =>
	(slots[slots.indexOf(slot) + 1]?.name ?? '').toUpperCase();

/** `attack [SCENARIO] [from WORKLOAD]`: a command and what it reads. */
export const takes = ({name, slots}: ConsoleCommand): string => [name, ...slots.map(takesOne)].join(' ');

/** A word that is written as it is stands in the brackets of the one behind it. */
const takesOne = ({name, optional, takes: kind}: Slot, at: number, slots: readonly Slot[]): string => {
	if (kind === 'literal') return `[${name}`;
	const word = `${name.toUpperCase()}${kind === 'rest' ? '…' : ''}`;
	if (slots[at - 1]?.takes === 'literal') return `${word}]`;
	return optional ? `[${word}]` : word;
};

const wrong = (what: string, mend: string): CommandLine => ({kind: 'wrong', what, mend});
