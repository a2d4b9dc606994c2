// Running a program to see what it does here.
import {execFile} from 'node:child_process';

export interface ProgramResult {
	readonly ok: boolean;
	readonly stdout: string;
	/** The first line that it complained with, or why it could not be started. */
	readonly complaint: string;
}

/** Runs to its end, at most `timeoutMs`. Never throws: a program that is not there is a result too. */
export const runProgram = (program: string, words: readonly string[], timeoutMs = 10_000): Promise<ProgramResult> =>
	new Promise(resolve => {
		execFile(program, [...words], {timeout: timeoutMs, killSignal: 'SIGKILL'}, (error, stdout, stderr) => {
			const why = stderr.trim().split('\n')[0] || (error?.killed ? `no end within ${timeoutMs} ms` : error?.message);
			resolve({ok: error === null, stdout, complaint: error === null ? '' : (why ?? 'it failed')});
		});
	});
