// What ends a command early, and what the user is told of it.
import {FirebreakError} from '../core/model/failure.ts';
import {type ExitCode, exitCode} from './exit-code.ts';
import type {Io} from './io.ts';
import {printable} from './printable.ts';

/** The command line itself is wrong: exit 2. */
export class WordsError extends Error {
	readonly mend: string;

	constructor(message: string, mend: string) {
		super(message);
		this.name = 'WordsError';
		this.mend = mend;
	}
}

/** Tells what `error` means, on stderr, and gives the exit code for it. Anything unknown is a bug and shows its stack. */
export function reportFailure(error: unknown, io: Io): ExitCode {
	if (io.interrupted.aborted) {
		io.err('interrupted\n');
		return exitCode.interrupted;
	}
	if (error instanceof WordsError || error instanceof FirebreakError) {
		const mend = error.mend === '' ? '' : `\n  mend: ${error.mend}`;
		io.err(`${printable(`${error.message}${mend}`)}\n`);
		return error instanceof WordsError ? exitCode.wrongInput : exitCode.cannot;
	}
	io.err(`this is a bug of Firebreak, not of your files. Please report it with these lines:\n${stackOf(error)}\n`);
	return exitCode.bug;
}

function stackOf(error: unknown): string {
	if (!(error instanceof Error)) return printable(String(error));
	const cause = error.cause === undefined ? '' : `\ncaused by: ${stackOf(error.cause)}`;
	return `${printable(error.stack ?? error.message)}${cause}`;
}
