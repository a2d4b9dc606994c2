// Finding the processes and the namespaces of a lab from outside.
import {execFileSync} from 'node:child_process';
import {readdirSync, readFileSync, readlinkSync} from 'node:fs';
import type {StartedLab} from '../../lab/client.ts';

/** Process ids of everything that the lab runs: unshare, the engine, its helpers. */
export function processesOf({pid}: StartedLab): readonly number[] {
	const found = [pid];
	for (const one of found) found.push(...childrenOf(one));
	return found;
}

const childrenOf = (pid: number): readonly number[] =>
	readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1').split(' ').filter(Boolean).map(Number);

/** Proportional memory of all of them in MB. Source: proc_pid_smaps(5), smaps_rollup. */
export const memoryOf = (lab: StartedLab): number =>
	processesOf(lab)
		.map(pid => Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'latin1'))?.[1] ?? 0))
		.reduce((sum, kilobytes) => sum + kilobytes / 1024, 0);

/** Words that make nsenter(1) enter the namespace which has that address. @throws Error where none has */
export function enterWords(lab: StartedLab, address: string): readonly string[] {
	const engine = childrenOf(lab.pid)[0]!;
	const user = lab.rootless ? [`--user=/proc/${engine}/ns/user`, '--preserve-credentials'] : [];
	for (const fd of readdirSync(`/proc/${engine}/fd`)) {
		const path = `/proc/${engine}/fd/${fd}`;
		if (!readlinkSync(path).startsWith('net:')) continue;
		const words = [...user, `--net=${path}`];
		const shown = execFileSync('nsenter', [...words, 'ip', '-o', 'addr'], {encoding: 'utf8'});
		if (shown.includes(` ${address}/`)) return words;
	}
	throw new Error(`no namespace of the lab has ${address}`);
}
