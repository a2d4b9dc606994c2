import type {JoinedLab} from '../../lab/join.ts';
import {type ExitCode, exitCode} from '../exit-code.ts';
import type {Io} from '../io.ts';

/** Waits for Ctrl-C, or for the lab's end, which it tells: what only looks on ends well either way. */
export async function untilGone(lab: JoinedLab, io: Io): Promise<ExitCode> {
	const {promise, resolve} = Promise.withResolvers<ExitCode>();
	const interrupted = (): void => resolve(exitCode.interrupted);
	if (io.interrupted.aborted) interrupted();
	io.interrupted.addEventListener('abort', interrupted, {once: true});
	lab.gone.then(() => {
		if (!io.interrupted.aborted) io.err(`the lab ${lab.name} is gone\n`);
		resolve(exitCode.passed);
	});
	return promise;
}
