// Links, addresses, routes and neighbours as values; `configure` sends any number of them at once. Indexes and hardware
// addresses are chosen by the plan, so that nothing has to be asked back. Source: rtnetlink(7), linux/if_link.h.
import type {Family} from '../core/model/topology.ts';
import {errnoName} from './libc.ts';
import {
	attribute,
	eachAttribute,
	eachMessage,
	message,
	NLM,
	NLMSG,
	openNetlink,
	protocols,
	receive,
	send,
} from './netlink.ts';
import {AF, bytesOf} from './sockaddr.ts';
import {closeSocket, receiveBuffer} from './sockets.ts';

const RTM = {
	newLink: 16,
	delLink: 17,
	getLink: 18,
	newAddress: 20,
	newRoute: 24,
	delRoute: 25,
	newNeighbor: 28,
} as const;
const IFLA = {address: 1, ifname: 3, linkinfo: 18, netNsFd: 28} as const;
const up = 1;
/** IFF_DYNAMIC: means nothing to the kernel. Source: netdevice(7). */
const dynamic = 0x8000;

export interface VethEnd {
	readonly name: string;
	readonly index: number;
	readonly mac: string;
}
export type Change =
	| {readonly kind: 'veth'; readonly here: VethEnd; readonly there: VethEnd; readonly netns: number}
	| {readonly kind: 'up' | 'down' | 'dynamic' | 'not-dynamic'; readonly index: number}
	| {readonly kind: 'delete-link'; readonly index: number}
	| {readonly kind: 'address'; readonly index: number; readonly family: Family; readonly address: string}
	| {
			readonly kind: 'route' | 'delete-route';
			readonly family: Family;
			/** `unicast` unless it says where nothing may go. */
			readonly type?: 'unicast' | 'unreachable';
			readonly to: string;
			readonly prefix: number;
			readonly index?: number;
			readonly via?: string;
			readonly source?: string;
	  }
	| {
			readonly kind: 'neighbour';
			readonly index: number;
			readonly family: Family;
			readonly address: string;
			readonly mac: string;
	  };

/**
 * Makes all changes in the namespace the thread is in, in order. @throws Error naming the change that the kernel refused
 */
export function configure(changes: readonly Change[]): void {
	const fd = openNetlink(protocols.route);
	try {
		receiveBuffer(fd, 4 << 20);
		for (let at = 0; at < changes.length; at += 256) {
			const batch = changes.slice(at, at + 256);
			send(fd, ...batch.map((change, index) => numbered(render(change), at + index)));
			refuse(fd, changes);
		}
	} finally {
		closeSocket(fd);
	}
}

/** Names of the links in the namespace the thread is in: all of them, or those that are up. */
export function listLinks(which: 'all' | 'up' = 'all'): readonly string[] {
	const fd = openNetlink(protocols.route);
	const names: string[] = [];
	try {
		send(fd, message(RTM.getLink, NLM.dump, Buffer.alloc(16), []));
		const data = Buffer.alloc(1 << 17);
		for (let done = false; !done; ) {
			const length = receive(fd, data);
			if (length <= 0) break;
			eachMessage(data, length, (type, from, to) => {
				if (type === NLMSG.done || type === NLMSG.error) done = true;
				else if (which === 'all' || (data.readUInt32LE(from + 8) & up) !== 0)
					eachAttribute(
						data,
						from + 16,
						to,
						(kind, start, end) => void (kind === IFLA.ifname && names.push(data.toString('latin1', start, end - 1))),
					);
			});
		}
	} finally {
		closeSocket(fd);
	}
	return names;
}

const refusals = Buffer.alloc(1 << 16);

/** Without NLM_F_ACK the kernel answers only what it refuses, before send returns. */
function refuse(fd: number, changes: readonly Change[]): void {
	const data = refusals;
	for (let length = receive(fd, data); length > 0; length = receive(fd, data)) {
		eachMessage(data, length, (type, from) => {
			if (type !== NLMSG.error) return;
			const errno = -data.readInt32LE(from);
			if (errno !== 0)
				throw new Error(
					`rtnetlink: ${errnoName(errno)} for ${JSON.stringify(changes[data.readUInt32LE(from + 4 + 8)])}`,
				);
		});
	}
}

function numbered(data: Buffer, sequence: number): Buffer {
	data.writeUInt32LE(sequence, 8);
	return data;
}

function render(change: Change): Buffer {
	switch (change.kind) {
		case 'veth':
			return message(RTM.newLink, NLM.create | NLM.excl, linkHeader(change.here.index, 0), vethAttributes(change));
		case 'up':
			return message(RTM.newLink, 0, linkHeader(change.index, up), []);
		case 'down':
			return message(RTM.newLink, 0, linkHeader(change.index, 0, up), []);
		case 'dynamic':
			return message(RTM.newLink, 0, linkHeader(change.index, dynamic), []);
		case 'not-dynamic':
			return message(RTM.newLink, 0, linkHeader(change.index, 0, dynamic), []);
		case 'delete-link':
			return message(RTM.delLink, 0, linkHeader(change.index, 0), []);
		case 'address':
			return renderAddress(change);
		case 'route':
		case 'delete-route':
			return renderRoute(change);
		case 'neighbour':
			return renderNeighbour(change);
		default:
			return change satisfies never;
	}
}

function vethAttributes({here, there, netns}: Extract<Change, {kind: 'veth'}>): readonly Buffer[] {
	const peer = Buffer.concat([
		linkHeader(there.index, 0),
		attribute(IFLA.ifname, text(there.name)),
		attribute(IFLA.address, macBytes(there.mac)),
		attribute(IFLA.netNsFd, u32(netns)),
	]);
	const info = Buffer.concat([attribute(1, Buffer.from('veth')), attribute(2, attribute(1, peer, 'nested'), 'nested')]);
	return [
		attribute(IFLA.ifname, text(here.name)),
		attribute(IFLA.address, macBytes(here.mac)),
		attribute(IFLA.linkinfo, info, 'nested'),
	];
}

/** struct ifinfomsg: family, type, index, flags, change mask. */
function linkHeader(index: number, flags: number, changed = flags): Buffer {
	const header = Buffer.alloc(16);
	header.writeInt32LE(index, 4);
	header.writeUInt32LE(flags, 8);
	header.writeUInt32LE(changed, 12);
	return header;
}

/** /32 and /128, the latter without duplicate address detection (IFA_F_NODAD 0x02). */
function renderAddress({family, address, index}: Extract<Change, {kind: 'address'}>): Buffer {
	const header = Buffer.alloc(8);
	header.writeUInt8(AF[family], 0);
	header.writeUInt8(family === 4 ? 32 : 128, 1);
	header.writeUInt8(family === 6 ? 2 : 0, 2);
	header.writeUInt32LE(index, 4);
	const bytes = bytesOf(address);
	return message(RTM.newAddress, NLM.create | NLM.excl, header, [attribute(1, bytes), attribute(2, bytes)]);
}

/** struct rtmsg; table main, protocol static; a gateway is `onlink`, since none owns it. */
function renderRoute(change: Extract<Change, {kind: 'route' | 'delete-route'}>): Buffer {
	const header = Buffer.alloc(12);
	header.writeUInt8(AF[change.family], 0);
	header.writeUInt8(change.prefix, 1);
	header.writeUInt8(254, 4);
	header.writeUInt8(4, 5);
	header.writeUInt8(change.via === undefined && change.index !== undefined ? 253 : 0, 6);
	header.writeUInt8(change.type === 'unreachable' ? 7 : 1, 7);
	if (change.via !== undefined) header.writeUInt32LE(4, 8);
	const attributes = [
		...(change.prefix === 0 ? [] : [attribute(1, bytesOf(change.to))]),
		...(change.index === undefined ? [] : [attribute(4, u32(change.index))]),
		...(change.via === undefined ? [] : [attribute(5, bytesOf(change.via))]),
		...(change.source === undefined ? [] : [attribute(7, bytesOf(change.source))]),
	];
	return change.kind === 'route'
		? message(RTM.newRoute, NLM.create | NLM.excl, header, attributes)
		: message(RTM.delRoute, 0, header, attributes);
}

/** struct ndmsg, permanent (NUD_PERMANENT 0x80): it does not count towards the kernel's one neighbour limit. */
function renderNeighbour({family, address, mac, index}: Extract<Change, {kind: 'neighbour'}>): Buffer {
	const header = Buffer.alloc(12);
	header.writeUInt8(AF[family], 0);
	header.writeInt32LE(index, 4);
	header.writeUInt16LE(0x80, 8);
	return message(RTM.newNeighbor, NLM.create, header, [attribute(1, bytesOf(address)), attribute(2, macBytes(mac))]);
}

const text = (value: string): Buffer => Buffer.from(`${value}\0`, 'latin1');
const macBytes = (mac: string): Buffer => Buffer.from(mac.replaceAll(':', ''), 'hex');
function u32(value: number): Buffer {
	const buffer = Buffer.alloc(4);
	buffer.writeUInt32LE(value);
	return buffer;
}
