// What the words of `firebreak diff` name: two candidates of one rehearsal, two folders, or one folder at two times.
import {stat} from 'node:fs/promises';
import {plainWord} from '../../core/files/plain-word.ts';
import {findRehearsal} from '../../rehearsals/find-rehearsal.ts';
import type {LoadOptions} from '../../rehearsals/load-options.ts';
import {WordsError} from '../failure.ts';

export interface DiffWords {
	readonly a: string | undefined;
	readonly b: string | undefined;
	readonly in: string | undefined;
	readonly git: string | undefined;
	readonly candidate: string | undefined;
}

export type Comparison =
	/** `before` undefined: today. `after` undefined: the only one. */
	| {
			readonly kind: 'candidates';
			readonly dir: string;
			readonly before: string | undefined;
			readonly after: string | undefined;
	  }
	| {
			readonly kind: 'folders';
			readonly before: string;
			readonly after: string;
			readonly candidate: string | undefined;
	  }
	/** `after` null: as it is now. */
	| {
			readonly kind: 'revisions';
			readonly dir: string;
			readonly before: string;
			readonly after: string | null;
			/** Before is where the two parted. */
			readonly parted: boolean;
			readonly candidate: string | undefined;
	  };

/**
 * With `--in` words are candidates, with `--git` the word is a folder. Else two words are folders where both are there,
 * and candidates of the rehearsal here where neither is; one word is a folder where there is one.
 *
 * @throws WordsError where the words do not go together
 */
export async function comparisonOf(words: DiffWords, options: LoadOptions): Promise<Comparison> {
	const {a, b, git, candidate} = words;
	if (git !== undefined) return revisions(words, git);
	if (words.in !== undefined) return candidates(words, words.in);
	if (a === undefined) throw wrong('what is to be compared?', 'firebreak diff A B, or firebreak diff --git main');
	const there = await Promise.all([a, ...(b === undefined ? [] : [b])].map(word => isThere(word, options)));
	if (there.every(one => !one)) return candidates(words, '.');
	if (b === undefined) return {kind: 'candidates', dir: a, before: undefined, after: candidate};
	if (there.every(one => one)) return {kind: 'folders', before: a, after: b, candidate};
	const missing = there[0] ? b : a;
	throw wrong(
		`${plainWord(missing)} is no folder, and ${plainWord(there[0] ? a : b)} is one`,
		`two folders, or two candidates with --in DIR`,
	);
}

function candidates({a, b, candidate}: DiffWords, dir: string): Comparison {
	if (candidate !== undefined && a !== undefined)
		throw wrong(`${plainWord(a)} and --candidate ${plainWord(candidate)} both name a candidate`, 'leave one out');
	if (b === undefined) return {kind: 'candidates', dir, before: undefined, after: a ?? candidate};
	return {kind: 'candidates', dir, before: a, after: b};
}

function revisions({a, b, in: dir, candidate}: DiffWords, git: string): Comparison {
	const folder = a ?? dir ?? '.';
	if (b !== undefined || (a !== undefined && dir !== undefined))
		throw wrong('with --git one folder is compared with itself, and two are named', 'name one');
	if (folder === '-') throw wrong('standard input has no revisions', 'name a folder');
	const range = /^(.*?)(\.{2,3})(?!\.)(.*)$/.exec(git);
	if (range === null) return {kind: 'revisions', dir: folder, before: git, after: null, parted: false, candidate};
	const [, before, dots, after] = range as unknown as [string, string, string, string];
	return {
		kind: 'revisions',
		dir: folder,
		before: before || 'HEAD',
		after: after || 'HEAD',
		parted: dots === '...',
		candidate,
	};
}

async function isThere(word: string, options: LoadOptions): Promise<boolean> {
	if (word === '-' || (await stat(word).catch(() => undefined)) !== undefined) return true;
	return (await findRehearsal(word, options)).kind !== 'wrong';
}

const wrong = (what: string, mend: string): WordsError => new WordsError(`firebreak diff: ${what}`, mend);
