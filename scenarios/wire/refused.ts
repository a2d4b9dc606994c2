// Which senders' sockets report that the far end refused: one poll(2) for all of them.
import {libc} from '../../kernel/libc.ts';
import {socketError} from '../../kernel/sockets.ts';
import type {Pending} from './pending.ts';

const POLLERR = 8;
const POLLHUP = 16;
const ECONNREFUSED = 111;
const EHOSTUNREACH = 113;

/** The pending probes whose socket has ECONNREFUSED now; reading the error clears it, so each is given once. */
export function refusedAmong(pendings: Iterable<Pending>): readonly Pending[] {
	const asked = [...pendings].filter(({fd, refused, arrival}) => fd >= 0 && !refused && arrival === 'none');
	if (asked.length === 0) return [];
	const list = Buffer.alloc(asked.length * 8);
	asked.forEach(({fd}, at) => void list.writeInt32LE(fd, at * 8));
	if (libc().poll(list, asked.length, 0) <= 0) return [];
	return asked.filter((probe, at) => {
		if ((list.readUInt16LE(at * 8 + 6) & (POLLERR | POLLHUP)) === 0) return false;
		const error = socketError(probe.fd);
		if (error === EHOSTUNREACH) probe.trouble ??= 'the network answered: host unreachable';
		return error === ECONNREFUSED;
	});
}
