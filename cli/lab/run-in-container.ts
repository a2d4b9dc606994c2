// A command in a container with this process's own terminal and streams, to its end.
import {constants} from 'node:os';
import {PassThrough} from 'node:stream';
import {setTimeout as wait} from 'node:timers/promises';
import {plainWord} from '../../core/files/plain-word.ts';
import {FirebreakError} from '../../core/model/failure.ts';
import type {ContainerEntry} from '../../lab/protocol.ts';
import {type ExecSession, openExec} from '../../topologies/docker/exec-session.ts';
import type {Io} from '../io.ts';

/** 128 and SIGKILL. */
const killed = 137;
/** How long an engine may take from the end of a container to its own. */
const goingMs = 10_000;

/** What is said in place of a command that cannot be started: by runc to its output, by Podman to its complaints. */
const notStarted = {
	out: /^OCI runtime exec failed|^.*executable file.*not found/,
	err: /^Error: .*OCI runtime/,
} as const;

/**
 * The command's exit code; null where it ended because the lab is gone. With a terminal at both ends it has one too, which
 * is as large as this one.
 *
 * @throws FirebreakError `no-program` where the image has no such program
 */
export async function runInContainer(
	entry: ContainerEntry,
	command: {readonly words: readonly string[]; readonly environment: Readonly<Record<string, string>>},
	io: Io,
	gone: Promise<void>,
): Promise<number | null> {
	const tty = process.stdin.isTTY === true && process.stdout.isTTY === true;
	const environment = {...command.environment, ...(tty && {TERM: process.env.TERM ?? 'xterm'})};
	let labGone = false;
	void gone.then(() => {
		labGone = true;
	});
	const session = await openExec({...entry, words: command.words, environment, tty});
	const handBack = io.handOver?.(signal => void tell(session, signal));
	const out = new PassThrough();
	const err = new PassThrough();
	const first = [firstOf(out, process.stdout, notStarted.out), firstOf(err, process.stderr, notStarted.err)];
	const giveBack = takeTerminal(session, tty);
	try {
		await session.output(out, err);
		const code = await session.exitCode().catch(async error => {
			if (await session.containerRuns()) throw error;
			return killed;
		});
		const said = first.map(one => one.held()).find(one => one !== null) ?? null;
		if (said !== null && (code === 126 || code === 127)) throw noProgram(command.words[0]!, said);
		for (const one of first) one.pass();
		// Containers go before their engine does.
		if (code === killed && (await containerGoes(session))) await Promise.race([gone, wait(goingMs)]);
		return labGone ? null : code;
	} finally {
		giveBack();
		handBack?.();
	}
}

/** What kills a command is somebody in the container, or the end of that, which Docker tells a moment later. */
async function containerGoes(session: ExecSession): Promise<boolean> {
	for (let tries = 0; tries < 10; tries++) {
		if (!(await session.containerRuns())) return true;
		await wait(100);
	}
	return false;
}

/** Passes what comes on, but for what begins with such a word, which waits until it is known what it is. */
function firstOf(from: PassThrough, to: NodeJS.WritableStream, word: RegExp): {held(): string | null; pass(): void} {
	let kept: Buffer | null = null;
	let begun = false;
	from.on('data', (chunk: Buffer) => {
		if (kept !== null) kept = Buffer.concat([kept, chunk]);
		else if (!begun && word.test(chunk.toString('utf8', 0, 200))) kept = chunk;
		else to.write(chunk);
		begun = true;
	});
	return {
		held: () => kept?.toString('utf8') ?? null,
		pass: () => {
			if (kept !== null) to.write(kept);
			kept = null;
		},
	};
}

/** This process's input is the command's, key by key where that has a terminal, until it is given back. */
function takeTerminal(session: ExecSession, tty: boolean): () => void {
	const {stdin, stdout} = process;
	const resize = (): void => void session.resize(stdout.columns, stdout.rows);
	if (tty) {
		stdin.setRawMode(true);
		stdout.on('resize', resize);
		resize();
	}
	session.stream.on('error', () => undefined);
	stdin.pipe(session.stream);
	return () => {
		stdin.unpipe(session.stream);
		stdin.pause();
		stdin.unref?.();
		stdout.off('resize', resize);
		if (tty) stdin.setRawMode(false);
		session.stream.destroy();
	};
}

/** Docker has no word for it: the process is one of this machine. */
async function tell(session: ExecSession, signal: NodeJS.Signals): Promise<void> {
	try {
		const pid = await session.pid();
		if (pid !== undefined) process.kill(pid, constants.signals[signal]);
	} catch {
		// It ended meanwhile.
	}
}

const noProgram = (word: string, said: string): FirebreakError =>
	new FirebreakError(
		'no-program',
		`the container has no program ${plainWord(word)}`,
		/\bexecutable file\b.*not found|no such file/.test(said)
			? 'name one of its image; where a workload has no image, install busybox-static on this machine and boot the lab again'
			: said.trim().split('\n')[0]!,
	);
