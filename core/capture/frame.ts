// What a frame of Ethernet carries, as far as a line of text says it.
// Source: IEEE 802.3; RFC 791, 8200 (section 4), 9293 (3.1), 768, 792, 4443, 9260 (3.1); IANA "Protocol Numbers".
import ipaddr from 'ipaddr.js';
import type {Family} from '../model/topology.ts';

export interface IpFrame {
	readonly kind: 'ip';
	readonly family: Family;
	/** As topologies have it: IPv6 compressed. */
	readonly source: string;
	readonly destination: string;
	/** IANA's number: 6 is TCP. */
	readonly protocol: number;
	/** Of TCP, UDP and SCTP; null for what has none, was cut before it, or is a later fragment. */
	readonly ports: {readonly source: number; readonly destination: number} | null;
	/** `SYN ACK`, `echo request`, `INIT`: what its header says it is; null where that says nothing, or was cut. */
	readonly word: string | null;
	/** Not the first of a datagram's fragments. */
	readonly fragment: boolean;
}

export type Frame = IpFrame | {readonly kind: 'other'; readonly etherType: number} | {readonly kind: 'cut'};

const linkHeader = 14;
const etherTypes = {ipv4: 0x0800, ipv6: 0x86dd} as const;
const cut = {kind: 'cut'} as const;

/** The frame in `bytes`, of which the end may be missing. */
export function readFrame(bytes: Uint8Array): Frame {
	if (bytes.length < linkHeader) return cut;
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const etherType = view.getUint16(12);
	if (etherType === etherTypes.ipv4) return readIpv4(view);
	return etherType === etherTypes.ipv6 ? readIpv6(view) : {kind: 'other', etherType};
}

function readIpv4(view: DataView): Frame {
	const at = linkHeader;
	if (view.byteLength < at + 20) return cut;
	const fragment = (view.getUint16(at + 6) & 0x1fff) !== 0;
	const protocol = view.getUint8(at + 9);
	const header = (view.getUint8(at) & 15) * 4;
	return {
		...{kind: 'ip', family: 4, protocol, fragment},
		...{source: address(view, at + 12, 4), destination: address(view, at + 16, 4)},
		...(fragment ? nothing : readTransport(view, at + header, protocol)),
	};
}

const extensions: ReadonlySet<number> = new Set([0, 43, 60]);
const fragmentHeader = 44;

function readIpv6(view: DataView): Frame {
	let at = linkHeader + 40;
	if (view.byteLength < at) return cut;
	let protocol = view.getUint8(linkHeader + 6);
	let fragment = false;
	while ((extensions.has(protocol) || protocol === fragmentHeader) && view.byteLength >= at + 8) {
		const next = view.getUint8(at);
		if (protocol === fragmentHeader) fragment = (view.getUint16(at + 2) & 0xfff8) !== 0;
		at += protocol === fragmentHeader ? 8 : (view.getUint8(at + 1) + 1) * 8;
		protocol = next;
		if (fragment) break;
	}
	return {
		...{kind: 'ip', family: 6, protocol, fragment},
		...{source: address(view, linkHeader + 8, 16), destination: address(view, linkHeader + 24, 16)},
		...(fragment ? nothing : readTransport(view, at, protocol)),
	};
}

const address = (view: DataView, at: number, length: number): string =>
	ipaddr.fromByteArray([...new Uint8Array(view.buffer, view.byteOffset + at, length)]).toString();

type Transport = Pick<IpFrame, 'ports' | 'word'>;
const nothing: Transport = {ports: null, word: null};

function readTransport(view: DataView, at: number, protocol: number): Transport {
	const has = (bytes: number): boolean => view.byteLength >= at + bytes;
	const ports = has(4) ? {source: view.getUint16(at), destination: view.getUint16(at + 2)} : null;
	switch (protocol) {
		case 6:
			return {ports, word: has(14) ? flagsOf(view.getUint8(at + 13)) : null};
		case 17:
			return {ports, word: null};
		case 132:
			return {ports, word: has(13) ? (chunks[view.getUint8(at + 12)] ?? null) : null};
		case 1:
			return {ports: null, word: has(2) ? icmpWord(icmp, view.getUint8(at), view.getUint8(at + 1)) : null};
		case 58:
			return {ports: null, word: has(2) ? icmpWord(icmpv6, view.getUint8(at), view.getUint8(at + 1)) : null};
		default:
			return nothing;
	}
}

/** RFC 9293, 3.1: the bits from the lowest; in the order people say them. */
const tcpFlags = [
	['SYN', 2],
	['FIN', 1],
	['RST', 4],
	['PSH', 8],
	['ACK', 16],
	['URG', 32],
] as const;
const flagsOf = (bits: number): string =>
	tcpFlags.flatMap(([name, bit]) => ((bits & bit) === 0 ? [] : [name])).join(' ') || 'no flags';

/** RFC 9260, 3.2. */
const chunks: Readonly<Record<number, string>> = {
	0: 'DATA',
	1: 'INIT',
	2: 'INIT ACK',
	3: 'SACK',
	4: 'HEARTBEAT',
	5: 'HEARTBEAT ACK',
	6: 'ABORT',
	7: 'SHUTDOWN',
	8: 'SHUTDOWN ACK',
	9: 'ERROR',
	10: 'COOKIE ECHO',
	11: 'COOKIE ACK',
	14: 'SHUTDOWN COMPLETE',
};

/** By type, or by type and code where the code says more. */
type IcmpWords = Readonly<Record<string, string>>;
const icmp: IcmpWords = {
	'0': 'echo reply',
	'3': 'unreachable',
	'3.0': 'network unreachable',
	'3.1': 'host unreachable',
	'3.3': 'port unreachable',
	'3.4': 'packet too big',
	'3.13': 'administratively prohibited',
	'5': 'redirect',
	'8': 'echo request',
	'11': 'time exceeded',
};
const icmpv6: IcmpWords = {
	'1': 'unreachable',
	'1.0': 'no route',
	'1.1': 'administratively prohibited',
	'1.3': 'address unreachable',
	'1.4': 'port unreachable',
	'2': 'packet too big',
	'3': 'time exceeded',
	'128': 'echo request',
	'129': 'echo reply',
	'133': 'router solicitation',
	'134': 'router advertisement',
	'135': 'neighbour solicitation',
	'136': 'neighbour advertisement',
	'143': 'multicast listener report',
};
const icmpWord = (words: IcmpWords, type: number, code: number): string =>
	words[`${type}.${code}`] ?? words[type] ?? `type ${type} code ${code}`;
