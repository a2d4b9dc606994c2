// What runs on this machine, as /proc has it. Source: proc_pid_stat(5), proc_pid_task(5).
import {readdirSync, readFileSync} from 'node:fs';

const numbers = (folder: string): readonly number[] => {
	try {
		return readdirSync(folder).map(Number).filter(Number.isInteger);
	} catch {
		return [];
	}
};
const read = (file: string): string => {
	try {
		return readFileSync(file, 'utf8');
	} catch {
		return '';
	}
};

/** Whether a process runs. One that is dead and that nobody has asked about yet (a zombie) holds nothing but its number. */
export function runs(pid: number): boolean {
	const stat = read(`/proc/${pid}/stat`);
	const state = stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3);
	return stat !== '' && state !== 'Z' && state !== 'X';
}

/** All that run in this process's pid namespace, without itself. */
export const others = (): readonly number[] => numbers('/proc').filter(pid => pid !== process.pid && runs(pid));

/** The children of a process, whichever of its threads made them. */
export const childrenOf = (pid: number): readonly number[] =>
	numbers(`/proc/${pid}/task`).flatMap(thread =>
		read(`/proc/${pid}/task/${thread}/children`).split(' ').filter(Boolean).map(Number),
	);

/** Children and theirs, nearest first. */
export const descendantsOf = (pid: number): readonly number[] => {
	const own = childrenOf(pid);
	return [...own, ...own.flatMap(descendantsOf)];
};

/** Its words, as one text; empty for what is gone. */
export const commandOf = (pid: number): string => read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim();
