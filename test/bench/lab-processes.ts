// Finding the processes and the namespaces of a lab from outside.
import {spawnSync} from 'node:child_process';
import {readdirSync, readFileSync, statfsSync} from 'node:fs';
import type {StartedLab} from '../../lab/client.ts';

/** Process ids of everything that the lab runs: unshare, the engine, its helpers. */
function processesOf({pid}: Pick<StartedLab, 'pid'>): readonly number[] {
	const found = [pid];
	for (const one of found) found.push(...childrenOf(one));
	return found;
}

const childrenOf = (pid: number): readonly number[] =>
	readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1').split(' ').filter(Boolean).map(Number);

/** Proportional memory of all of them in MB. Source: proc_pid_smaps(5), smaps_rollup. */
export const memoryOf = (lab: Pick<StartedLab, 'pid'>): number =>
	processesOf(lab)
		.map(pid => Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'latin1'))?.[1] ?? 0))
		.reduce((sum, kilobytes) => sum + kilobytes / 1024, 0);

export interface LabNamespace {
	readonly path: string;
	/** The user namespace to enter first, where this process is not root. */
	readonly user: string | null;
	/** What nsenter(1) is told. */
	readonly words: readonly string[];
}

/** The network namespace that has an address. @throws Error where none of the lab has it */
export function namespaceOf(lab: StartedLab, address: string): LabNamespace {
	const engine = childrenOf(lab.pid)[0]!;
	const user = lab.rootless ? `/proc/${engine}/ns/user` : null;
	for (const fd of readdirSync(`/proc/${engine}/fd`)) {
		const path = `/proc/${engine}/fd/${fd}`;
		if (!isNamespace(path)) continue;
		const words = [...(user === null ? [] : [`--user=${user}`, '--preserve-credentials']), `--net=${path}`];
		const shown = spawnSync('nsenter', [...words, 'ip', '-o', 'addr'], {encoding: 'utf8'}).stdout;
		if (shown.includes(` ${address}/`)) return {path, user, words};
	}
	throw new Error(`no namespace of the lab has ${address}`);
}

/** NSFS_MAGIC of linux/magic.h: a descriptor of a namespace, however it was opened. */
function isNamespace(path: string): boolean {
	try {
		return statfsSync(path).type === 0x6e736673;
	} catch {
		return false;
	}
}
