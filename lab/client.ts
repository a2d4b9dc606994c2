// Starts an engine and speaks with it. When this process ends, however it ends, the engine's descriptor 3 closes and the
// engine goes, and with it everything of the lab.
import {type ChildProcess, spawn} from 'node:child_process';
import type {Duplex} from 'node:stream';
import {fileURLToPath} from 'node:url';
import type {LabEvent} from '../core/contracts/event.ts';
import type {Lab} from '../core/contracts/lab.ts';
import {FirebreakError} from '../core/model/failure.ts';
import {isRootless} from '../kernel/rootless.ts';
import {type Answer, type Booted, type BootRequest, type Method, type Methods, readLines, write} from './protocol.ts';

export {isRootless};

export interface StartInput extends Omit<BootRequest, 'lab' | 'rootless'> {
	/** `[a-z0-9]{1,16}`; two labs at once need two. */
	readonly lab: string;
	/** Told of every event, in order. */
	readonly onEvent?: (event: LabEvent) => void;
}

export interface StartedLab extends Lab {
	readonly booted: Booted;
	/** Process id of the engine's parent (unshare), in this process's namespace. */
	readonly pid: number;
	readonly rootless: boolean;
	/** Takes the lab down and says how long it took. Who still waits for an answer of it hears that it is gone. */
	close(): Promise<{readonly teardownMs: number}>;
}

/**
 * A booted lab under `rulesets`.
 *
 * @throws FirebreakError `no-userns`, `no-nested-userns`, `no-libnftables`, `no-koffi`, `way-out`, `apply-refused`
 */
export async function startLab({lab, onEvent, ...boot}: StartInput): Promise<StartedLab> {
	const rootless = isRootless();
	const engine = spawnEngine(rootless);
	const line = connect(engine, onEvent ?? (() => undefined));
	const booted = await line.ask('boot', {...boot, lab, rootless}).catch(async error => {
		await end(engine);
		throw error;
	});
	let closing: Promise<{readonly teardownMs: number}> | undefined;
	const close = () => {
		closing ??= (line.busy() ? killed(engine) : line.ask('close', {})).finally(() => end(engine));
		return closing;
	};
	return {
		id: lab,
		booted,
		rootless,
		pid: engine.pid!,
		apply: rulesets => line.ask('apply', {rulesets}),
		probe: async (flows, options) => {
			const found = await line.ask('probe', {flows, ...options});
			return found.map((one, at) => ({flow: flows[at]!, ...one}));
		},
		attack: (scenario, foothold, goals, seed) => line.ask('attack', {scenario, foothold, goals, seed}),
		close,
		async [Symbol.asyncDispose]() {
			await close().catch(() => undefined);
		},
	};
}

/** unshare(1): pid, mount and network of its own; where this process is not root, a user namespace that makes it so. */
function spawnEngine(rootless: boolean): ChildProcess {
	const own = import.meta.url;
	const program = fileURLToPath(new URL(`./engine${own.slice(own.lastIndexOf('.'))}`, own));
	const user = rootless ? ['--user', '--map-root-user'] : [];
	return spawn(
		'unshare',
		[
			...user,
			'--net',
			'--mount',
			'--mount-proc',
			'--pid',
			'--fork',
			'--kill-child',
			process.execPath,
			'--no-warnings',
			program,
		],
		{
			stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
			env: {
				PATH: process.env.PATH ?? '/usr/sbin:/usr/bin:/sbin:/bin',
				UV_THREADPOOL_SIZE: '4',
				NODE_COMPILE_CACHE: compileCache,
			},
		},
	);
}

/**
 * What engines compiled is kept beside the libraries, which halves their start. Where that cannot be written, Node does
 * without (node:module, "Module compile cache").
 */
const compileCache = fileURLToPath(
	new URL(`${import.meta.url.endsWith('.ts') ? '..' : '../..'}/node_modules/.cache/firebreak`, import.meta.url),
);

interface Line {
	ask<M extends Method>(method: M, asks: Methods[M]['asks']): Promise<Methods[M]['gives']>;
	/** Whether something that was asked is still to be answered. */
	busy(): boolean;
}

function connect(engine: ChildProcess, onEvent: (event: LabEvent) => void): Line {
	const stream = engine.stdio[3] as Duplex;
	const waiting = new Map<number, {resolve: (gives: never) => void; reject: (error: Error) => void}>();
	let complaint = '';
	let gone: Error | undefined;
	let lastId = 0;
	engine.stderr!.on('data', chunk => (complaint = (complaint + chunk).slice(-4000)));
	const fail = (error: Error): void => {
		gone ??= error;
		for (const {reject} of waiting.values()) reject(gone);
		waiting.clear();
	};
	stream.on('error', () => undefined);
	engine.on('error', cause => fail(noProgram(cause)));
	engine.on('close', () => fail(endedEarly(complaint)));
	readLines<Answer>(stream, answer => {
		if (answer.kind === 'hello') return;
		if (answer.kind === 'event') onEvent(answer.event);
		else {
			const asked = waiting.get(answer.id);
			waiting.delete(answer.id);
			if (answer.kind === 'answer') asked?.resolve(answer.gives as never);
			else asked?.reject(errorOf(answer.failure));
		}
	});
	return {
		busy: () => waiting.size > 0,
		ask: (method, asks) =>
			new Promise((resolve, reject) => {
				if (gone !== undefined) return reject(gone);
				const id = ++lastId;
				waiting.set(id, {resolve, reject});
				write(stream, {id, method, asks} as never);
			}),
	};
}

function errorOf({kind, code, message, mend, stack}: Extract<Answer, {kind: 'failed'}>['failure']): Error {
	if (kind === 'machine') return new FirebreakError(code, message, mend);
	const bug = new Error(message);
	if (stack !== null) bug.stack = `in the engine: ${stack}`;
	return bug;
}

/** What unshare says when the kernel does not let it is the one thing known before the engine's hello. */
function endedEarly(complaint: string): Error {
	// What unshare says of signals is of an engine that was killed (util-linux 2.38).
	const lines = complaint.split('\n').filter(line => line !== '' && !line.startsWith('unshare: sigprocmask'));
	const said = lines.join('\n');
	if (/^unshare: .*(not permitted|No space left|Permission denied|Invalid argument)/m.test(said))
		return noUnshare(said);
	if (/^\s+at /m.test(said)) {
		const bug = new Error('the engine of the lab fell');
		bug.stack = `in the engine: ${said}`;
		return bug;
	}
	return new FirebreakError(
		'engine-gone',
		`the lab's engine ended: ${lines.at(-1) ?? 'it was killed'}`,
		'run it again; nothing of the lab is left',
		{complaint},
	);
}

const noProgram = (cause: Error): FirebreakError =>
	new FirebreakError(
		'no-unshare',
		`the program unshare cannot be started here: ${cause.message}`,
		'install util-linux, or --model-only',
		{},
		cause,
	);

const noUnshare = (complaint: string): FirebreakError =>
	new FirebreakError(
		'no-userns',
		`this machine does not let an ordinary user make namespaces: ${complaint.trim().split('\n')[0] ?? ''}`,
		`sudo, or sysctl -w ${/No space left/.test(complaint) ? 'user.max_user_namespaces=15000' : 'kernel.apparmor_restrict_unprivileged_userns=0 (Ubuntu 24.04)'}, or --model-only; firebreak doctor says which`,
	);

/** Without a word to the engine: the kernel takes the lab. */
async function killed(engine: ChildProcess): Promise<{readonly teardownMs: number}> {
	const started = performance.now();
	await end(engine);
	return {teardownMs: performance.now() - started};
}

async function end(engine: ChildProcess): Promise<void> {
	if (engine.exitCode !== null || engine.signalCode !== null) return;
	const gone = new Promise(resolve => engine.once('exit', resolve));
	engine.kill('SIGKILL');
	await gone;
}
