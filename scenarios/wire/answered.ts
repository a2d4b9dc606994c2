// What the senders' sockets report of the far end: one poll(2) for all of them.
import {libc} from '../../kernel/libc.ts';
import {socketError} from '../../kernel/sockets.ts';
import type {Pending} from './pending.ts';

const POLLOUT = 4;
const POLLERR = 8;
const POLLHUP = 16;
const ECONNRESET = 104;
const ECONNREFUSED = 111;
const EHOSTUNREACH = 113;

/** An answer counts once both ends logged a decision, so a probe is not asked before that, or before it is this old. */
const oldMicros = 20_000;

export interface Answered {
	readonly probe: Pending;
	/** `connected`: the far kernel completed the handshake for a service that is not the lab's. */
	readonly answer: 'refused' | 'connected';
}

/**
 * The pending probes whose socket has ECONNREFUSED now (reading the error clears it, so each is given once), and those
 * whose connection to a foreign service is established. Asked are those that an answer would settle, and those that
 * are late.
 *
 * @param now - ms of `performance.now`
 * Source: poll(2); connect(2), EINPROGRESS.
 */
export function answeredAmong(pendings: Iterable<Pending>, now: number): readonly Answered[] {
	const asked: Pending[] = [];
	for (const probe of pendings) {
		if (probe.fd < 0 || probe.refused || probe.arrival !== 'none') continue;
		const enough = connects(probe) ? 1 : 2;
		if (probe.logs.length >= enough || now * 1000 - probe.sentMicros > oldMicros) asked.push(probe);
	}
	if (asked.length === 0) return [];
	const list = Buffer.alloc(asked.length * 8);
	asked.forEach((probe, at) => {
		list.writeInt32LE(probe.fd, at * 8);
		if (connects(probe)) list.writeUInt16LE(POLLOUT, at * 8 + 4);
	});
	if (libc().poll(list, asked.length, 0) <= 0) return [];
	return asked.flatMap((probe, at): readonly Answered[] => {
		const events = list.readUInt16LE(at * 8 + 6);
		if ((events & (POLLERR | POLLHUP)) !== 0) {
			const error = socketError(probe.fd);
			if (error === EHOSTUNREACH) probe.trouble ??= 'the network answered: host unreachable';
			if (error === ECONNREFUSED) return [{probe, answer: 'refused'}];
			// A connection that was there and is reset; a connect(2) that failed at once says 0 (FACTS).
			return connects(probe) && error === ECONNRESET ? [{probe, answer: 'connected'}] : [];
		}
		return connects(probe) && (events & POLLOUT) !== 0 ? [{probe, answer: 'connected'}] : [];
	});
}

const connects = ({foreign, flow}: Pending): boolean => foreign && flow.protocol === 'tcp';
