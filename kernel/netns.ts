// Being in another network namespace for the time of one synchronous function (FACTS: no await, no new thread inside).
import {closeSync, openSync} from 'node:fs';
import {libc, must} from './libc.ts';

const CLONE_NEWNET = 0x40000000;
let home: number | undefined;

/** The descriptor of the namespace this process started in; opened once and kept. */
export function homeNetns(): number {
	home ??= openSync('/proc/self/ns/net', 'r');
	return home;
}

/**
 * Runs `body` in the network namespace `fd` and comes back, also when it throws. Sockets made inside stay there for
 * life. `body` must be synchronous: a promise is a bug and throws.
 *
 * Source: setns(2); network_namespaces(7).
 */
export function withNetns<T>(fd: number, body: () => T): T {
	const back = homeNetns();
	must('setns', fd, CLONE_NEWNET);
	try {
		const value = body();
		if (value instanceof Promise) throw new Error('withNetns: the body must be synchronous');
		return value;
	} finally {
		if (libc().setns(back, CLONE_NEWNET) < 0) process.abort();
	}
}

/** Opens a namespace by its path; the descriptor keeps it alive. */
export const openNetns = (path: string): number => openSync(path, 'r');
export const closeNetns = (fd: number): void => closeSync(fd);
