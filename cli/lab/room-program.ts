// Whether a program is there for a command in a workload: a room has this machine's /usr, /opt and /nix, and nothing else.
import {existsSync} from 'node:fs';
import {isAbsolute, join} from 'node:path';
import {plainWord} from '../../core/files/plain-word.ts';
import {roomPath} from '../../lab/enter.ts';

const seen = /^\/(usr|bin|sbin|lib\w*|opt|nix)\//;
/** Its own: what lies there was put there by an earlier command. */
const own = /^\/(tmp|run|root|var|dev|proc)\//;

export interface Missing {
	readonly what: string;
	readonly mend: string;
}

/** Why `word` cannot be run in a room, and what to do; undefined where it is there, or may be. */
export function missingProgram(word: string, callerPath = process.env.PATH ?? ''): Missing | undefined {
	if (isAbsolute(word) ? (seen.test(word) && existsSync(word)) || own.test(word) : isIn(roomPath, word) !== undefined)
		return undefined;
	const name = plainWord(word);
	if (word.includes('/'))
		return existsSync(word)
			? {what: `a workload does not see ${name}`, mend: `${sees}; a script can come by standard input: sh -s < ${name}`}
			: {what: `there is no program ${name}`, mend: `name it from the root; ${sees}`};
	const elsewhere = isIn(callerPath, word);
	return elsewhere === undefined
		? {what: `this machine has no program ${name}`, mend: `install it in this machine’s /usr; ${sees}`}
		: {
				what: `${name} lies in ${plainWord(elsewhere)}, which a workload does not see`,
				mend: `install it in this machine’s /usr, /opt or /usr/local; ${sees}`,
			};
}

const sees = 'a workload sees this machine’s /usr, /opt and /nix, read-only';

/** The first folder of a search path that has it. */
const isIn = (path: string, word: string): string | undefined =>
	path.split(':').find(folder => isAbsolute(folder) && existsSync(join(folder, word)));
