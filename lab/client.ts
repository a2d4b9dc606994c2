// Starts an engine for this process alone and speaks with it. When this process ends, however it ends, the engine's
// descriptor 3 closes and the engine goes, and with it everything of the lab.
import type {LabEvent} from '../core/contracts/event.ts';
import type {Lab} from '../core/contracts/lab.ts';
import {isRootless} from '../kernel/rootless.ts';
import {sweepContainers} from './container-records.ts';
import {knownLabsFolder} from './labs-folder.ts';
import {openLine} from './line.ts';
import type {Booted, BootRequest} from './protocol.ts';
import {endedEarly, killEngine, noProgram, spawnEngine} from './spawn-engine.ts';

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
	const folder = knownLabsFolder();
	if (folder !== undefined) await sweepContainers(folder);
	const engine = spawnEngine(rootless, 'pipe', boot.docker);
	// An engine that nobody told to stay tells of a run and of nothing else.
	const line = openLine(engine.stream, {onEvent: event => onEvent?.(event as LabEvent)});
	let complaint = '';
	engine.child.stderr!.on('data', chunk => (complaint = (complaint + chunk).slice(-4000)));
	engine.child.on('error', cause => line.fail(noProgram(cause)));
	engine.child.on('close', () => line.fail(endedEarly(complaint)));
	const booted = await line.ask('boot', {...boot, lab, rootless}).catch(async error => {
		await killEngine(engine);
		throw error;
	});
	/** Without a word to the engine: the kernel takes the lab. */
	const killed = async (): Promise<{readonly teardownMs: number}> => {
		const started = performance.now();
		await killEngine(engine);
		return {teardownMs: performance.now() - started};
	};
	let closing: Promise<{readonly teardownMs: number}> | undefined;
	const close = () => {
		closing ??= (line.busy() ? killed() : line.ask('close', {})).finally(() => killEngine(engine));
		return closing;
	};
	return {
		id: lab,
		booted,
		rootless,
		pid: engine.child.pid!,
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
