// A program that enters a workload, with this process's streams, to its end. It never gets this process's terminal itself:
// whoever has a terminal can type into it (ioctl TIOCSTI) and read from it, also after its own end.
import {type ChildProcess, spawn} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {constants} from 'node:os';
import {isatty} from 'node:tty';
import {withoutInherited} from '../../lab/inherited-descriptors.ts';
import {shellWords} from '../../lab/shell-words.ts';
import type {Io} from '../io.ts';

/** How long what a command printed may be on its way after its end; others of its streams may hold them open for ever. */
const drainMs = 200;
/** The engine's end and the command's are one, and are heard of in either order. */
const goneMs = 50;
const wakeMs = 100;

/** Where the programs that enter lie. */
const commandPath = (): string => `${process.env.PATH ?? '/usr/bin:/bin'}:/usr/local/sbin:/usr/sbin:/sbin`;

/**
 * The program's exit code, or 128 and the number of the signal that ended it, as shells have it; null where it ended
 * because the lab is gone.
 *
 * At a terminal (`terminal: 'own'`) the program has one of its own, made by script(1), which passes on keys, sizes and what
 * is printed, and gives this one back as it was. Elsewhere it is of a session of its own, without any terminal: what of its
 * streams is one is a pipe to it, and signals are passed on.
 */
export async function runAttached(
	words: readonly string[],
	terminal: 'own' | 'none',
	io: Io,
	gone: Promise<void>,
): Promise<number | null> {
	const child = terminal === 'own' ? startAtTerminal(words) : startAlone(words);
	let labGone = false;
	gone.then(() => {
		labGone = true;
	});
	let ended: NodeJS.Signals | undefined;
	const tell = (signal: NodeJS.Signals): void => {
		try {
			// script(1) gives the terminal back when it is told to end, and hears of no other signal.
			if (terminal === 'own') process.kill(child.pid!, 'SIGTERM');
			else process.kill(-child.pid!, signal);
			if (terminal === 'own') ended = signal;
		} catch {
			// It ended meanwhile.
		}
	};
	const handBack = io.handOver?.(tell);
	const pausing = terminal === 'own' ? undefined : passPauses(tell);
	try {
		return await new Promise<number | null>((resolve, reject) => {
			child.once('error', reject);
			child.once('exit', (code, signal) => {
				const by = ended ?? signal;
				const settle = (): void => resolve(labGone ? null : by === null ? code : 128 + constants.signals[by]);
				if (signal === 'SIGKILL' || code === 128 + constants.signals.SIGKILL) setTimeout(settle, goneMs);
				else child.once('close', settle);
				setTimeout(settle, drainMs);
			});
		});
	} finally {
		pausing?.();
		handBack?.();
		process.stdin.pause();
	}
}

/** Source: script(1); setpriv(1) `--pdeathsig`, since a client that is killed must not leave a second reader of the terminal. */
const startAtTerminal = (words: readonly string[]): ChildProcess =>
	start(['setpriv', '--pdeathsig', 'TERM', 'script', '-qefc', `exec ${shellWords(words)}`, '/dev/null'], {
		stdio: ['inherit', 'inherit', 'inherit'],
		detached: false,
	});

function startAlone(words: readonly string[]): ChildProcess {
	const [input, output, errors] = [0, 1, 2].map(isatty);
	const child = start(words, {
		stdio: [
			input ? (inForeground() ? 'pipe' : 'ignore') : 'inherit',
			output ? 'pipe' : 'inherit',
			errors ? 'pipe' : 'inherit',
		],
		detached: true,
	});
	child.stdin?.on('error', () => undefined);
	if (child.stdin !== null) process.stdin.pipe(child.stdin);
	child.stdout?.pipe(process.stdout, {end: false});
	child.stderr?.pipe(process.stderr, {end: false});
	return child;
}

interface How {
	readonly stdio: readonly ('inherit' | 'pipe' | 'ignore')[];
	readonly detached: boolean;
}

/** Nothing that this process inherited goes on to it but the three streams. */
const start = ([program, ...words]: readonly string[], {stdio, detached}: How): ChildProcess =>
	withoutInherited(stdio, covered =>
		spawn(program!, words, {
			stdio: covered,
			detached,
			env: {PATH: commandPath(), SHELL: '/bin/sh', ...(process.env.TERM === undefined ? {} : {TERM: process.env.TERM})},
		}),
	);

/** Ctrl-Z pauses the program too, and `fg` wakes it: of another session, it hears neither from the terminal. */
function passPauses(tell: (signal: NodeJS.Signals) => void): () => void {
	const pause = (): void => {
		tell('SIGSTOP');
		process.kill(process.pid, 'SIGSTOP');
	};
	// nsenter(1) sees late that the program was stopped, and stops with it once more.
	const wake = (): void => {
		tell('SIGCONT');
		setTimeout(() => tell('SIGCONT'), wakeMs).unref();
	};
	process.on('SIGTSTP', pause).on('SIGCONT', wake);
	return () => process.off('SIGTSTP', pause).off('SIGCONT', wake);
}

/** Whoever reads a terminal in the background is stopped by it. Source: proc_pid_stat(5), pgrp and tpgid. */
function inForeground(): boolean {
	const fields = readFileSync('/proc/self/stat', 'utf8')
		.replace(/^.*\) /s, '')
		.split(' ');
	return fields[2] === fields[5];
}
