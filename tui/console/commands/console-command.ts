// A command of the console: what a key does, what the palette completes and what help lists are one value.
import type {Change} from '../message.ts';
import type {ConsoleState} from '../state.ts';

/** A place for a word behind a command's name. */
export interface Slot {
	/** What stands there: `scenario`; for a word that is written as it is, that word. */
	readonly name: string;
	/** From the first of these on, everything may be left out. */
	readonly optional?: true;
	/** `literal`: the name itself; `known`: one of `words`; `free`: anything; `rest`: all words that follow. Left out: `known`. */
	readonly takes?: 'literal' | 'known' | 'free' | 'rest';
	/** What may stand there, behind these words: in the order in which it is offered. */
	words(state: ConsoleState, before: readonly string[]): readonly string[];
}

export type CommandGroup = 'time' | 'attack' | 'policy' | 'workload' | 'looking' | 'console';

export interface ConsoleCommand {
	readonly name: string;
	readonly group: CommandGroup;
	/** Keys as the screen names them, each with the words that it stands for. */
	readonly keys: readonly {readonly key: string; readonly words?: readonly string[]}[];
	/** How help and hints write the keys; empty where there is none. */
	readonly shows: string;
	/** What help says of it. */
	readonly about: string;
	/** A word or two for the line of hints; null where it is not worth one. */
	readonly hint: string | null;
	readonly slots: readonly Slot[];
	/** What of a recording can be done; left out: of a lab and of a recording. */
	readonly of?: 'lab' | 'recording';
	/** @param words - those of the slots, without literals; a key may give none */
	run(state: ConsoleState, words: readonly string[]): Change;
	/** Words of the `firebreak` that shows the same; left out where its actions say it (`action-words.ts`). */
	line?(state: ConsoleState, words: readonly string[]): readonly string[] | null;
}

/** Written as it is. */
export const literal = (name: string): Slot => ({name, optional: true, takes: 'literal', words: () => [name]});

/** May be left out, with all that follows. */
export const optional = (slot: Slot): Slot => ({...slot, optional: true});
