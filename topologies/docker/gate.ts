// The gate of a lab's containers: a program in a volume that all of them see, and the order in which they are let go.
import {readlinkSync} from 'node:fs';
import {setTimeout as wait} from 'node:timers/promises';
import type Docker from 'dockerode';
import type {StageStep} from '../../core/contracts/stage.ts';
import type {Dependency, Workload} from '../../core/model/topology.ts';
import {listening} from '../../kernel/listening.ts';
import {withNetns} from '../../kernel/netns.ts';
import {configure} from '../../kernel/rtnetlink.ts';
import type {BootedSite} from '../boot.ts';
import {containerLabels, gateFolder} from './container-spec.ts';
import {dockerFailure} from './docker-failure.ts';
import {isProgramMachine} from './elf-program.ts';
import {gateProgram} from './gate-program.ts';
import {tarArchive} from './tar-archive.ts';

/** Who waits for a program that does not come to listen waits no longer. */
const patienceMs = 30_000;
/** So long programs are looked at, those that are to listen and do not longer: most that cannot start end sooner, and say why. */
const settleMs = {least: 250, most: 10_000} as const;
const lookMs = 20;

/**
 * Makes a container that is never started: its volume, which goes with it, holds the gate.
 *
 * @param image - any image
 * @returns its id; null on machines for which there is no gate: programs start before their links there
 */
export async function makeGate(
	docker: Docker,
	{lab, engine, image}: {readonly lab: string; readonly engine: string; readonly image: string},
): Promise<string | null> {
	const machine = process.arch;
	if (!isProgramMachine(machine)) return null;
	try {
		const container = await docker.createContainer({
			name: `firebreak-${lab}-gate`,
			Image: image,
			Cmd: [`${gateFolder}/gate`],
			Volumes: {[gateFolder]: {}},
			Labels: {[containerLabels.lab]: lab, [containerLabels.engine]: engine},
			HostConfig: {NetworkMode: 'none'},
		});
		const files = tarArchive([{kind: 'file', path: 'gate', mode: 0o755, bytes: gateProgram(machine)}]);
		await container.putArchive(files, {path: gateFolder});
		return container.id;
	} catch (error) {
		throw dockerFailure(
			error,
			'make the gate of a lab',
			`docker rm -f -v firebreak-${lab}-gate if it is yours, or another name of the lab`,
		);
	}
}

/** A container at its gate. */
export interface Gated {
	readonly site: BootedSite;
	/** Its first process. */
	readonly pid: number;
}

interface Looks {
	/** Throws where one has ended. */
	readonly running: () => Promise<void>;
	/** Told of what is waited for. */
	readonly step: (step: Omit<StageStep, 'stage'>) => void;
}

/**
 * Lets all go: each when the programs that it needs listen, as `needs` says. Those that need each other in a circle go
 * together, and a program that never listens holds up nobody for longer than 30 s.
 */
export async function openGates(
	gated: readonly Gated[],
	dependencies: readonly Dependency[],
	{running, step}: Looks,
): Promise<void> {
	const closed = new Set(gated);
	const opened = new Set<Gated>();
	const of = Map.groupBy(gated, ({site}) => site.workload.kind);
	const needs = (workload: Workload): readonly Dependency[] =>
		dependencies.filter(one => one.from === workload.kind && one.to !== workload.kind && !one.dangling);
	const answers = ({to, port, protocol}: Dependency): boolean =>
		(of.get(to) ?? []).some(
			one => opened.has(one) && (protocol === 'sctp' || port === 0 || listening(one.pid, protocol).has(port)),
		);
	const ready = ({site}: Gated): boolean => needs(site.workload).every(one => !of.has(one.to) || answers(one));
	/** Somebody who was let go is waited for. */
	const coming = (): boolean =>
		[...closed].some(({site}) =>
			needs(site.workload).some(one => !answers(one) && (of.get(one.to) ?? []).some(far => opened.has(far))),
		);
	let sinceMs = performance.now();
	for (let looks = 1; closed.size > 0; looks++) {
		let next = [...closed].filter(ready);
		if (next.length === 0 && (!coming() || performance.now() - sinceMs > patienceMs)) next = [...closed];
		for (const one of next) {
			flag(one, 'dynamic');
			closed.delete(one);
			opened.add(one);
		}
		if (next.length > 0) sinceMs = performance.now();
		else {
			step({text: 'programs begun', done: opened.size, total: gated.length, waiting: silent([...opened])});
			await wait(lookMs);
			if (looks % 20 === 0) await running();
		}
	}
	for (const one of gated) {
		while (stands(one.pid)) await wait(1);
		flag(one, 'not-dynamic');
	}
	const openMs = performance.now();
	const since = (): number => performance.now() - openMs;
	while (gated.length > 0 && since() < (gated.some(isSilent) ? settleMs.most : settleMs.least)) {
		const missing = silent(gated);
		step({text: 'programs listen', done: gated.length - missing.length, total: gated.length, waiting: missing});
		await wait(settleMs.least / 2);
		await running();
	}
}

const isSilent = ({site, pid}: Gated): boolean =>
	site.workload.services.some(
		({protocol, port, lastPort}) =>
			protocol !== 'sctp' && ![...listening(pid, protocol)].some(at => at >= port && at <= lastPort),
	);

const silent = (gated: readonly Gated[]): readonly string[] =>
	gated.filter(isSilent).map(({site}) => site.workload.name);

const flag = ({site: {netns, link}}: Gated, kind: 'dynamic' | 'not-dynamic'): void =>
	withNetns(netns, () => configure([{kind, index: link.index}]));

/** Whether it is still the gate. Source: proc_pid_exe(5). */
function stands(pid: number): boolean {
	try {
		return readlinkSync(`/proc/${pid}/exe`) === `${gateFolder}/gate`;
	} catch {
		return false;
	}
}
