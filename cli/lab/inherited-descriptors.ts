import {readdirSync, readFileSync} from 'node:fs';

const O_CLOEXEC = 0o2000000;

/**
 * Descriptors above 2 that whoever started this process left open for it and all that it starts (`exec 5<dir` in a shell).
 * A command in a workload must not have them: through a folder's it would see the host's files.
 *
 * Source: proc_pid_fdinfo(5).
 */
export const inheritedDescriptors = (): readonly number[] =>
	readdirSync('/proc/self/fd')
		.map(Number)
		.filter(descriptor => descriptor > 2 && !closesOnExec(descriptor))
		.sort((a, b) => a - b);

function closesOnExec(descriptor: number): boolean {
	try {
		const [, flags] = /^flags:\s+(\d+)/m.exec(readFileSync(`/proc/self/fdinfo/${descriptor}`, 'utf8')) ?? [];
		return (Number.parseInt(flags ?? '0', 8) & O_CLOEXEC) !== 0;
	} catch {
		// It was the one by which the folder was read.
		return true;
	}
}
