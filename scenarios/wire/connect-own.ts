// A workload's connection to itself: no rule decides it, and no witness sees it.
import {setTimeout as sleep} from 'node:timers/promises';
import {libc} from '../../kernel/libc.ts';
import {withNetns} from '../../kernel/netns.ts';
import {sockaddr} from '../../kernel/sockaddr.ts';
import {closeSocket, connectTcp, socketError} from '../../kernel/sockets.ts';

const POLLOUT = 4;
const EINPROGRESS = 115;

/** A connected descriptor, the caller's; null where nothing listens, or nothing came of it in time. */
export async function connectOwn(
	netns: number,
	{address, port}: {readonly address: string; readonly port: number},
	timeoutMs: number,
): Promise<number | null> {
	const family = address.includes(':') ? 6 : 4;
	const ends = [sockaddr(family, address, 0), sockaddr(family, address, port)] as const;
	const {fd, errno} = withNetns(netns, () => connectTcp(family, ...ends));
	const until = performance.now() + timeoutMs;
	for (; (errno === 0 || errno === EINPROGRESS) && performance.now() < until; await sleep(1)) {
		const list = Buffer.alloc(8);
		list.writeInt32LE(fd, 0);
		list.writeUInt16LE(POLLOUT, 4);
		if (libc().poll(list, 1, 0) === 0) continue;
		if (socketError(fd) === 0) return fd;
		break;
	}
	closeSocket(fd);
	return null;
}
