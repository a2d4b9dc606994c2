// Reading NFLOG: which rule decided about which packet, in one namespace. Source: linux/netfilter/nfnetlink_log.h.
import {attribute, eachAttribute, eachMessage, openNetlink, protocols, receive, send} from './netlink.ts';
import {netfilterMessage, nfgenSize} from './nfnetlink.ts';
import {closeSocket, receiveBuffer} from './sockets.ts';

const NFNL_SUBSYS_ULOG = 4;
const NFULNL_MSG = {packet: 0, config: 1} as const;
const NFULA_CFG = {cmd: 1, mode: 2, timeout: 4, threshold: 5} as const;
const NFULA = {payload: 9, prefix: 10} as const;
const command = {bind: 1, unbind: 2} as const;
const ENOBUFS = 105;

/** One logged packet: the prefix of its rule and where the packet's bytes lie in `data` (valid during the call only). */
export type OnLog = (prefix: string, data: Buffer, start: number, end: number) => void;

export interface Nflog {
	readonly fd: number;
	/** Reads one batch, if there is one: level-triggered, for a reactor that comes back. @returns `overrun` when the kernel had to drop logs: what is pending then cannot be known */
	read(onLog: OnLog): 'ok' | 'overrun';
	bind(group: number): void;
	unbind(group: number): void;
	close(): void;
}

const shared = Buffer.alloc(1 << 18);

/**
 * Opens a log reader in the namespace the thread is in. Copies 80 bytes of each packet (headers of both families),
 * hands over after 32 packets or at the next tick of the kernel's clock (4 ms at 250 Hz).
 */
export function openNflog(groups: readonly number[], bufferBytes = 8 << 20): Nflog {
	const fd = openNetlink(protocols.netfilter);
	receiveBuffer(fd, bufferBytes);
	const bind = (group: number): void => {
		configure(fd, group, attribute(NFULA_CFG.cmd, Buffer.from([command.bind])));
		configure(fd, group, attribute(NFULA_CFG.mode, Buffer.from([0, 0, 0, 80, 2, 0])));
		configure(fd, group, attribute(NFULA_CFG.threshold, bigEndian(32)));
		configure(fd, group, attribute(NFULA_CFG.timeout, bigEndian(0)));
	};
	for (const group of groups) bind(group);
	return {
		fd,
		bind,
		unbind: group => configure(fd, group, attribute(NFULA_CFG.cmd, Buffer.from([command.unbind]))),
		read(onLog) {
			const count = receive(fd, shared);
			if (count === -ENOBUFS) return 'overrun';
			if (count > 0)
				eachMessage(shared, count, (type, from, to) => {
					if (type === ((NFNL_SUBSYS_ULOG << 8) | NFULNL_MSG.packet)) deliver(from + nfgenSize, to, onLog);
				});
			return 'ok';
		},
		close: () => closeSocket(fd),
	};
}

function deliver(from: number, to: number, onLog: OnLog): void {
	let prefix = '';
	let start = 0;
	let end = 0;
	eachAttribute(shared, from, to, (type, first, last) => {
		if (type === NFULA.prefix) prefix = shared.toString('latin1', first, last - 1);
		else if (type === NFULA.payload) {
			start = first;
			end = last;
		}
	});
	onLog(prefix, shared, start, end);
}

function configure(fd: number, group: number, setting: Buffer): void {
	send(
		fd,
		netfilterMessage({
			subsystem: NFNL_SUBSYS_ULOG,
			type: NFULNL_MSG.config,
			flags: 0,
			family: 0,
			resource: group,
			attributes: [setting],
		}),
	);
}

/** Timeout is in hundredths of a second, threshold in packets; both are 32 bits in network order. */
function bigEndian(value: number): Buffer {
	const buffer = Buffer.alloc(4);
	buffer.writeUInt32BE(value);
	return buffer;
}
