// Netlink messages: header, attributes, and the socket they travel on, all synchronous, so that a namespace is set up
// by one send between two setns. Source: netlink(7), rtnetlink(7).
import {libc, must} from './libc.ts';

const AF_NETLINK = 16;
const SOCK_RAW = 3;
const nonblocking = 0o4000 | 0o2000000;
/** Netlink protocols: routing, and netfilter. */
export const protocols = {route: 0, netfilter: 12} as const;
export const NLM = {request: 1, ack: 4, dump: 0x300, create: 0x400, excl: 0x200} as const;
export const NLMSG = {error: 2, done: 3} as const;

/** A netlink socket in the namespace the thread is in, bound to a port the kernel chose. */
export function openNetlink(protocol: number): number {
	const fd = must('socket', AF_NETLINK, SOCK_RAW | nonblocking, protocol);
	const address = Buffer.alloc(12);
	address.writeUInt16LE(AF_NETLINK, 0);
	must('bind', fd, address, 12);
	return fd;
}

/** One attribute: length, type, payload, padded to four bytes. `nested` sets NLA_F_NESTED. */
export function attribute(type: number, payload: Buffer, nested: 'nested' | 'plain' = 'plain'): Buffer {
	const buffer = Buffer.alloc(Math.ceil((payload.length + 4) / 4) * 4);
	buffer.writeUInt16LE(payload.length + 4, 0);
	buffer.writeUInt16LE(nested === 'nested' ? type | 0x8000 : type, 2);
	payload.copy(buffer, 4);
	return buffer;
}

/** A whole message: nlmsghdr, the family's own header, attributes. NLM_F_REQUEST is always set. */
export function message(type: number, flags: number, header: Buffer, attributes: readonly Buffer[]): Buffer {
	const head = Buffer.alloc(16);
	const whole = Buffer.concat([head, header, ...attributes]);
	whole.writeUInt32LE(whole.length, 0);
	whole.writeUInt16LE(type, 4);
	whole.writeUInt16LE(flags | NLM.request, 6);
	return whole;
}

export function send(fd: number, ...messages: readonly Buffer[]): void {
	const data = messages.length === 1 ? messages[0]! : Buffer.concat(messages);
	must('sendto', fd, data, data.length, 0, null, 0);
}

/** Bytes received, 0 when nothing is there, or minus errno (105: ENOBUFS, messages were lost). */
export function receive(fd: number, into: Buffer): number {
	const count = libc().recvfrom(fd, into, into.length, 0x40, null, null);
	if (count >= 0) return Number(count);
	const errno = libc().errno();
	return errno === 11 ? 0 : -errno;
}

/** Calls `each` for every message in a datagram: its type, and where what follows nlmsghdr lies. */
export function eachMessage(
	data: Buffer,
	length: number,
	each: (type: number, from: number, to: number) => void,
): void {
	for (let at = 0; at + 16 <= length; ) {
		const size = data.readUInt32LE(at);
		if (size < 16 || at + size > length) return;
		each(data.readUInt16LE(at + 4), at + 16, at + size);
		at += (size + 3) & ~3;
	}
}

/** Calls `each` for every attribute: type without flags, payload's start and end. */
export function eachAttribute(
	data: Buffer,
	from: number,
	to: number,
	each: (type: number, start: number, end: number) => void,
): void {
	for (let at = from; at + 4 <= to; ) {
		const size = data.readUInt16LE(at);
		if (size < 4 || at + size > to) return;
		each(data.readUInt16LE(at + 2) & 0x3fff, at + 4, at + size);
		at += (size + 3) & ~3;
	}
}
