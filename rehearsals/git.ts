// Asking git, without a shell, and never anything that changes a repository.
import {spawn} from 'node:child_process';
import {FirebreakError} from '../core/model/failure.ts';
import type {Parsed} from '../core/model/problem.ts';

export type GitAnswer =
	| {readonly kind: 'ok'; readonly text: string; readonly bytes: Buffer}
	| {readonly kind: 'failed'; readonly error: string};

/**
 * What `git WORDS` prints in `folder`, whatever language and locks are set. Where git refuses, its words.
 *
 * @throws FirebreakError `no-git` where there is none
 */
export async function git(
	folder: string,
	words: readonly string[],
	signal?: AbortSignal,
	input?: string,
): Promise<GitAnswer> {
	const child = spawn('git', ['-C', folder, ...words], {
		env: {...process.env, LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0', GIT_NO_LAZY_FETCH: '1'},
		stdio: ['pipe', 'pipe', 'pipe'],
		...(signal === undefined ? {} : {signal}),
	});
	const out: Buffer[] = [];
	const err: Buffer[] = [];
	child.stdout.on('data', (bytes: Buffer) => void out.push(bytes));
	child.stderr.on('data', (bytes: Buffer) => void err.push(bytes));
	// A git that refuses its words reads no input.
	child.stdin.on('error', () => undefined);
	child.stdin.end(input ?? '');
	const code = await new Promise<number | null>((done, fail) => {
		child.once('error', fail);
		child.once('close', done);
	}).catch((error: NodeJS.ErrnoException) => {
		if (error.code !== 'ENOENT') throw error;
		throw new FirebreakError('no-git', 'there is no git on this machine', 'install git', {}, error);
	});
	const bytes = Buffer.concat(out);
	if (code === 0) return {kind: 'ok', text: bytes.toString('utf8'), bytes};
	return {kind: 'failed', error: Buffer.concat(err).toString('utf8').trim()};
}

/** One problem of the command line. */
export const refused = <T>(file: string, what: string, mend: string): Parsed<T> => ({
	kind: 'wrong',
	problems: [{where: {file, line: 1, column: 1}, what, mend}],
});
