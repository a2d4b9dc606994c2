// What whoever started this process left open for it and all that it starts (`exec 25<folder` in a shell, a runner of jobs):
// a command in a workload must not have it, for through a folder's descriptor it would see the host's files.
import {closeSync, openSync, readdirSync, readFileSync} from 'node:fs';

const O_CLOEXEC = 0o2000000;

/**
 * Calls `start` with the streams that a child is to have and, in the places of what would be inherited besides, /dev/null.
 * The first descriptors Node itself keeps from its children.
 */
export function withoutInherited<Stream, Started>(
	stdio: readonly Stream[],
	start: (stdio: (Stream | 'ignore' | number)[]) => Started,
): Started {
	const nothing = openSync('/dev/null', 'r');
	try {
		const covered: (Stream | 'ignore' | number)[] = [...stdio];
		for (const descriptor of inheritedDescriptors()) {
			while (covered.length < descriptor) covered.push('ignore');
			if (covered.length === descriptor) covered.push(nothing);
		}
		return start(covered);
	} finally {
		closeSync(nothing);
	}
}

/** Descriptors above 2 that a child would have, in ascending order. Source: proc_pid_fdinfo(5). */
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
