// Boots a lab that stays. Until it is told to stay its engine hangs on this process, as every other: whatever ends this
// one before leaves nothing.

import {randomBytes} from 'node:crypto';
import {closeSync, openSync, readFileSync, readSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import type {Ruleset} from '../core/contracts/enforcer.ts';
import type {LabEvent} from '../core/contracts/event.ts';
import type {Evidence} from '../core/contracts/evidence.ts';
import type {InForce} from '../core/contracts/in-force.ts';
import type {Applied} from '../core/contracts/lab.ts';
import type {Flow} from '../core/model/flow.ts';
import type {Rehearsal} from '../core/model/rehearsal.ts';
import {isRootless} from '../kernel/rootless.ts';
import type {DockerBoot} from './docker-boot.ts';
import {joinLab} from './labs.ts';
import {labId, labsFolder, socketOf} from './labs-folder.ts';
import {labExists} from './labs-socket.ts';
import {openLine} from './line.ts';
import type {Booted} from './protocol.ts';
import {endedEarly, killEngine, noProgram, spawnEngine} from './spawn-engine.ts';

export interface StayInput {
	/** `[a-z0-9-]{1,16}`. */
	readonly lab: string;
	readonly rehearsal: Rehearsal;
	readonly rulesets: readonly Ruleset[];
	readonly seed: number;
	/** Aborted: the engine is ended at once, also in the middle of its boot. */
	readonly interrupted: AbortSignal;
	/** Told of its boot, by this process's clock. */
	readonly tell: (event: LabEvent) => void;
	/** Called when the name is known to be free; makes what a lab of containers needs, and gives undefined for netns. */
	readonly onStart: () => Promise<DockerBoot | undefined>;
}

/** A lab that is booted and does not stay yet; disposing of it before it does takes it down. */
export interface BootedLab extends AsyncDisposable {
	readonly booted: Booted;
	readonly rootless: boolean;
	apply(rulesets: readonly Ruleset[]): Promise<Applied>;
	probe(flows: readonly Flow[], timeoutMs: number): Promise<readonly Evidence[]>;
	/** From here on it outlives this process. @throws FirebreakError `lab-exists` */
	stay(inForce: InForce): Promise<void>;
}

/** @throws FirebreakError `lab-exists` before anything is booted; and as `startLab` */
export async function startStaying(input: StayInput): Promise<BootedLab> {
	const {lab, rehearsal, rulesets, seed, interrupted, tell} = input;
	const folder = labsFolder();
	const other = await joinLab(lab, undefined, folder);
	other?.[Symbol.dispose]();
	if (other !== undefined) throw labExists(lab);
	const docker = await input.onStart();
	const rootless = isRootless();
	const errors = openNameless(folder);
	const engine = spawnEngine(rootless, errors, docker);
	const line = openLine(engine.stream, {
		onEvent: event => {
			if (event.kind === 'stage') tell({...event, atMs: performance.now()});
		},
	});
	engine.child.on('error', cause => line.fail(noProgram(cause)));
	let stays = false;
	engine.child.on('close', () => line.fail(endedEarly(stays ? '' : textOf(errors))));
	const kill = async (): Promise<void> => {
		if (!stays) await killEngine(engine);
	};
	interrupted.addEventListener('abort', () => void kill(), {once: true});
	const gone = async (error: unknown): Promise<never> => {
		await kill();
		throw error;
	};
	if (interrupted.aborted) await gone(interrupted.reason);
	const {topology} = rehearsal;
	const asks = {lab: labId(lab), topology, rulesets, seed, rootless, ...(docker !== undefined && {docker})};
	const booted = await line.ask('boot', asks).catch(gone);
	return {
		booted,
		rootless,
		apply: next => line.ask('apply', {rulesets: next}),
		async probe(flows, timeoutMs) {
			const found = await line.ask('probe', {flows, timeoutMs});
			return found.map((one, at) => ({flow: flows[at]!, ...one}));
		},
		async stay(inForce) {
			const parent = engine.child.pid!;
			await line.ask('stay', {
				name: lab,
				socket: socketOf(folder, lab),
				pid: childOf(parent),
				parent,
				rehearsal,
				inForce,
			});
			stays = true;
			engine.stream.destroy();
			engine.child.unref();
			closeSync(errors);
		},
		[Symbol.asyncDispose]: kill,
	};
}

/** A file that ends with its last descriptor: what the engine complains of is read where it ends early. */
function openNameless(folder: string): number {
	const path = join(folder, `.${randomBytes(6).toString('hex')}`);
	const descriptor = openSync(path, 'wx+', 0o600);
	rmSync(path);
	return descriptor;
}

function textOf(descriptor: number): string {
	const bytes = Buffer.alloc(4000);
	return bytes.toString('utf8', 0, readSync(descriptor, bytes, 0, bytes.length, 0));
}

/** The engine, below unshare. Source: proc_pid_task(5), `children`. */
const childOf = (pid: number): number =>
	Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')[0]);
