// Files that a command makes for its user: all of them or none, and nothing that is there is overwritten.
import {existsSync, mkdirSync, writeFileSync} from 'node:fs';
import {dirname, join, relative} from 'node:path';
import {FirebreakError} from '../core/model/failure.ts';
import {WordsError} from './failure.ts';

export interface NewFile {
	/** Relative to the folder. */
	readonly path: string;
	readonly text: string;
}

/**
 * Writes `files` into `folder`, made where there is none.
 *
 * @param command - the words that would write elsewhere, for the mend: `firebreak init my-prod`
 * @throws WordsError where one of the files is there, before any is written; FirebreakError `cannot-write`
 */
export function writeNew(folder: string, files: readonly NewFile[], command: string): void {
	try {
		mkdirSync(folder, {recursive: true});
		const there = files.filter(({path}) => existsSync(join(folder, path))).map(({path}) => path);
		if (there.length > 0) throw wouldOverwrite(folder, there);
		for (const {path, text} of files) {
			mkdirSync(dirname(join(folder, path)), {recursive: true});
			writeFileSync(join(folder, path), text, {flag: 'wx'});
		}
	} catch (error) {
		if (error instanceof WordsError) throw error;
		throw new FirebreakError(
			'cannot-write',
			`${folder} cannot be written: ${(error as Error).message}`,
			`name a folder that is yours: ${command}`,
			{folder},
			error,
		);
	}
}

const wouldOverwrite = (folder: string, files: readonly string[]): WordsError =>
	new WordsError(
		`${folder} already has ${files.slice(0, 5).join(', ')}${files.length > 5 ? ', …' : ''}: nothing was written`,
		`name another folder, or go on with this one: firebreak rehearse ${relative(process.cwd(), folder) || '.'}`,
	);
