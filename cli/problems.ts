import {type Problem, renderProblem, sortProblems} from '../core/model/problem.ts';
import {type ExitCode, exitCode} from './exit-code.ts';
import type {Io} from './io.ts';
import {printable} from './printable.ts';

/** Every problem on a line of its own, and how many: on stderr, with the exit code for it. */
export function reportProblems(
	problems: readonly Problem[],
	io: Io,
	undone: 'booted' | 'written' | 'explained' | 'done' = 'booted',
): ExitCode {
	const lines = sortProblems(problems).map(problem => printable(renderProblem(problem)).replaceAll('\n', '\\n'));
	const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
	io.err(`${lines.join('\n')}\n\n${count}, nothing was ${undone}\n`);
	return exitCode.wrongInput;
}
