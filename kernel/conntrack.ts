// The connections that one namespace tracks now, by a dump of its table. Source: linux/netfilter/nfnetlink_conntrack.h,
// nf_conntrack_tcp.h.
import {readFileSync} from 'node:fs';
import type {Family, Protocol} from '../core/model/topology.ts';
import {SystemCallError} from './libc.ts';
import {attribute, eachAttribute, eachMessage, NLM, NLMSG, openNetlink, protocols, receive, send} from './netlink.ts';
import {netfilterMessage, nfgenSize} from './nfnetlink.ts';
import {AF, endKey, textKey} from './sockaddr.ts';
import {closeSocket, receiveBuffer} from './sockets.ts';

const NFNL_SUBSYS_CTNETLINK = 1;
const IPCTNL_MSG_CT_GET = 1;
const IPCTNL_MSG_CT_DELETE = 2;
const CTA = {tupleOriginal: 1, status: 3, protocolInfo: 4, countersOriginal: 9, countersReply: 10} as const;
const CTA_TUPLE = {ip: 1, protocol: 2} as const;
const CTA_IP = {sourceV4: 1, destinationV4: 2, sourceV6: 3, destinationV6: 4} as const;
const CTA_PROTO = {number: 1, sourcePort: 2, destinationPort: 3, icmpId: 4, icmpv6Id: 7} as const;
const CTA_PROTOINFO_TCP = 1;
const CTA_PROTOINFO_TCP_STATE = 1;
const CTA_COUNTERS = {packets: 1, bytes: 2} as const;
const IPS_SEEN_REPLY = 2;

const numbers: Readonly<Record<number, Protocol>> = {1: 'icmp', 6: 'tcp', 17: 'udp', 58: 'icmp', 132: 'sctp'};
/** enum tcp_conntrack. */
const tcpStates = [
	...['none', 'syn-sent', 'syn-recv', 'established', 'fin-wait', 'close-wait', 'last-ack', 'time-wait', 'close'],
	'syn-sent2',
] as const;
export type TcpState = (typeof tcpStates)[number];

/** One connection, its ends as keys of `sockaddr.ts`, in the direction in which it was opened. */
export interface Tracked {
	readonly family: Family;
	readonly protocol: Protocol;
	/** For icmp its port is the identifier. */
	readonly source: string;
	readonly destination: string;
	/** Null for all but tcp. */
	readonly state: TcpState | null;
	/** Whether the far end has answered. */
	readonly answered: boolean;
	/** Of both directions; null where accounting was off when the connection began. */
	readonly traffic: {readonly packets: number; readonly bytes: number} | null;
}

/** Counts packets and bytes of connections that begin from now on. Written under `net` of the namespace. */
export const accounting = {'netfilter.nf_conntrack_acct': 1} as const;

const shared = Buffer.alloc(1 << 16);

/**
 * The table of the namespace the thread is in; what neither end's address family nor protocol is known of is left out.
 *
 * @throws SystemCallError where the kernel refuses the dump (EPERM: not root of that namespace)
 */
export function trackedConnections(): readonly Tracked[] {
	const fd = openNetlink(protocols.netfilter);
	try {
		const found: Tracked[] = [];
		dump(fd, (from, to) => {
			const one = tracked(shared.readUInt8(from), from + nfgenSize, to);
			if (one !== undefined) found.push(one);
		});
		return found;
	} finally {
		closeSocket(fd);
	}
}

/** Calls `each` for every entry of the table, which lies in `shared`. */
function dump(fd: number, each: (from: number, to: number) => void): void {
	receiveBuffer(fd, 1 << 20);
	send(fd, request(IPCTNL_MSG_CT_GET, 0, []));
	// A dump is made while it is read: what is not there at once has ended.
	for (let done = false; !done; ) {
		const count = receive(fd, shared);
		if (count < 0) throw new SystemCallError('recvfrom', -count);
		if (count === 0) break;
		eachMessage(shared, count, (type, from, to) => {
			if (type === NLMSG.done) done = true;
			else if (type === NLMSG.error) {
				const errno = -shared.readInt32LE(from);
				if (errno !== 0) throw new SystemCallError('sendto', errno);
				done = true;
			} else each(from, to);
		});
	}
}

const request = (type: number, family: number, attributes: readonly Buffer[]): Buffer =>
	netfilterMessage({
		subsystem: NFNL_SUBSYS_CTNETLINK,
		type,
		flags: type === IPCTNL_MSG_CT_GET ? NLM.dump : 0,
		family,
		attributes,
	});

/** Whether the namespace the thread is in tracks any connection. Source: Linux, Documentation/networking/nf_conntrack-sysctl.rst. */
export function tracksAny(): boolean {
	try {
		return Number(readFileSync('/proc/sys/net/netfilter/nf_conntrack_count', 'latin1')) > 0;
	} catch {
		return true;
	}
}

/**
 * Forgets every connection of the namespace the thread is in that one of these addresses has begun or was meant by.
 * Whoever has the address next has no part in them. @returns how many
 */
export function forgetConnections(addresses: ReadonlySet<string>): number {
	const keys = new Set([...addresses].map(address => textKey(address, 0).slice(1)));
	const fd = openNetlink(protocols.netfilter);
	try {
		const doomed: Buffer[] = [];
		dump(fd, (from, to) => {
			const addressFamily = shared.readUInt8(from);
			const size = addressFamily === AF[4] ? 4 : 16;
			eachAttribute(shared, from + nfgenSize, to, (type, start, end) => {
				if (type !== CTA.tupleOriginal) return;
				let isMeant = false;
				eachAttribute(shared, start, end, (part, first, last) => {
					if (part !== CTA_TUPLE.ip) return;
					eachAttribute(shared, first, last, (_, at) => {
						isMeant ||= keys.has(shared.toString('latin1', at, at + size));
					});
				});
				if (!isMeant) return;
				const tuple = attribute(CTA.tupleOriginal, Buffer.from(shared.subarray(start, end)), 'nested');
				doomed.push(request(IPCTNL_MSG_CT_DELETE, addressFamily, [tuple]));
			});
		});
		// What has ended meanwhile is refused, and that is as well.
		for (const one of doomed) send(fd, one);
		return doomed.length;
	} finally {
		closeSocket(fd);
	}
}

function tracked(addressFamily: number, from: number, to: number): Tracked | undefined {
	const family = addressFamily === AF[6] ? 6 : addressFamily === AF[4] ? 4 : undefined;
	if (family === undefined) return undefined;
	let ends: Pick<Tracked, 'protocol' | 'source' | 'destination'> | undefined;
	let state: TcpState | null = null;
	let answered = false;
	let traffic: {packets: number; bytes: number} | null = null;
	eachAttribute(shared, from, to, (type, start, end) => {
		if (type === CTA.tupleOriginal) ends = tuple(family, start, end);
		else if (type === CTA.status) answered = (shared.readUInt32BE(start) & IPS_SEEN_REPLY) !== 0;
		else if (type === CTA.protocolInfo) state = tcpState(start, end);
		else if (type === CTA.countersOriginal || type === CTA.countersReply) {
			traffic ??= {packets: 0, bytes: 0};
			const sums = traffic;
			eachAttribute(shared, start, end, (counter, at) => {
				if (counter === CTA_COUNTERS.packets) sums.packets += Number(shared.readBigUInt64BE(at));
				else if (counter === CTA_COUNTERS.bytes) sums.bytes += Number(shared.readBigUInt64BE(at));
			});
		}
	});
	return ends === undefined ? undefined : {family, ...ends, state, answered, traffic};
}

function tuple(
	family: Family,
	from: number,
	to: number,
): Pick<Tracked, 'protocol' | 'source' | 'destination'> | undefined {
	let [sourceAt, destinationAt, sourcePort, port, number] = [0, 0, 0, 0, 0];
	eachAttribute(shared, from, to, (part, first, last) =>
		eachAttribute(shared, first, last, (type, at) => {
			if (part === CTA_TUPLE.ip) {
				if (type === CTA_IP.sourceV4 || type === CTA_IP.sourceV6) sourceAt = at;
				else if (type === CTA_IP.destinationV4 || type === CTA_IP.destinationV6) destinationAt = at;
			} else if (part === CTA_TUPLE.protocol) {
				if (type === CTA_PROTO.number) number = shared.readUInt8(at);
				else if (type === CTA_PROTO.destinationPort) port = shared.readUInt16BE(at);
				else if (type === CTA_PROTO.sourcePort || type === CTA_PROTO.icmpId || type === CTA_PROTO.icmpv6Id)
					sourcePort = shared.readUInt16BE(at);
			}
		}),
	);
	const protocol = numbers[number];
	return protocol === undefined || sourceAt === 0 || destinationAt === 0
		? undefined
		: {
				protocol,
				source: endKey(family, shared, sourceAt, sourcePort),
				destination: endKey(family, shared, destinationAt, port),
			};
}

function tcpState(from: number, to: number): TcpState | null {
	let state: TcpState | null = null;
	eachAttribute(shared, from, to, (type, start, end) => {
		if (type !== CTA_PROTOINFO_TCP) return;
		eachAttribute(shared, start, end, (inner, at) => {
			if (inner === CTA_PROTOINFO_TCP_STATE) state = tcpStates[shared.readUInt8(at)] ?? null;
		});
	});
	return state;
}
