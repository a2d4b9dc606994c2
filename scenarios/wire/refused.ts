// Which senders' sockets report that the far end refused: one poll(2) for all of them.
import {libc} from '../../kernel/libc.ts';
import {socketError} from '../../kernel/sockets.ts';
import type {Pending} from './pending.ts';

const POLLERR = 8;
const POLLHUP = 16;
const ECONNREFUSED = 111;
const EHOSTUNREACH = 113;

/** A refusal counts once both ends logged their accept, so a probe is not asked before that, or before it is this old. */
const oldMicros = 20_000;

/**
 * The pending probes whose socket has ECONNREFUSED now; reading the error clears it, so each is given once. Asked are
 * those that a refusal would settle, and those that are late.
 *
 * @param now - ms of `performance.now`
 */
export function refusedAmong(pendings: Iterable<Pending>, now: number): readonly Pending[] {
	const asked: Pending[] = [];
	for (const probe of pendings) {
		if (probe.fd < 0 || probe.refused || probe.arrival !== 'none') continue;
		if (probe.logs.length >= 2 || now * 1000 - probe.sentMicros > oldMicros) asked.push(probe);
	}
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
