// Sockets made by socket(2) in the namespace the thread is in: wrap the calls in `withNetns`. All are non-blocking.
import type {Family} from '../core/model/topology.ts';
import {libc, must} from './libc.ts';
import {AF, sockaddr} from './sockaddr.ts';

const SOCK = {tcp: 1, udp: 2, raw: 3} as const;
const SOCK_NONBLOCK = 0o4000;
const SOCK_CLOEXEC = 0o2000000;
const flags = SOCK_NONBLOCK | SOCK_CLOEXEC;
const SOL_SOCKET = 1;
const SO = {reuseaddr: 2, error: 4, linger: 13, rcvbuf: 8, rcvbufForce: 33} as const;
const IPPROTO_IPV6 = 41;
const IPV6_V6ONLY = 26;
const one = Buffer.from([1, 0, 0, 0]);
const lingerZero = Buffer.from([1, 0, 0, 0, 0, 0, 0, 0]);
const scratch = Buffer.alloc(4);
const four = Buffer.from([4, 0, 0, 0]);

/**
 * A TCP listener on one address, or on every address of its family in this namespace.
 *
 * @throws SystemCallError EADDRINUSE where the port is taken
 */
export function listenTcp(family: Family, port: number, address: string = any[family]): number {
	const fd = must('socket', AF[family], SOCK.tcp | flags, 0);
	bindOrClose(fd, family, sockaddr(family, address, port));
	must('listen', fd, backlog);
	return fd;
}

/** A UDP socket bound to a port, on one address or on every address of its family. */
export function bindUdp(family: Family, port: number, address: string = any[family]): number {
	const fd = must('socket', AF[family], SOCK.udp | flags, 0);
	bindOrClose(fd, family, sockaddr(family, address, port));
	return fd;
}

const any: Readonly<Record<Family, string>> = {4: '0.0.0.0', 6: '::'};
const backlog = 4096;

function bindOrClose(fd: number, family: Family, own: Buffer): void {
	try {
		must('setsockopt', fd, SOL_SOCKET, SO.reuseaddr, one, 4);
		if (family === 6) must('setsockopt', fd, IPPROTO_IPV6, IPV6_V6ONLY, one, 4);
		must('bind', fd, own, own.length);
	} catch (error) {
		libc().close(fd);
		throw error;
	}
}

/**
 * Starts a TCP connection from an address and port of this namespace.
 *
 * @returns the descriptor, and errno of connect(2): 115 EINPROGRESS or 0 is under way; else it failed at once (FACTS:
 * SO_ERROR is then 0, so connect's own errno is the only witness) and the descriptor is still to be closed
 */
export function connectTcp(family: Family, from: Buffer, to: Buffer): {fd: number; errno: number} {
	const fd = must('socket', AF[family], SOCK.tcp | flags, 0);
	return {fd, errno: bindAndConnect(fd, from, to)};
}

/** A UDP socket connected to one far end, so that ICMP errors come back as ECONNREFUSED. */
export function connectUdp(family: Family, from: Buffer, to: Buffer): {fd: number; errno: number} {
	const fd = must('socket', AF[family], SOCK.udp | flags, 0);
	return {fd, errno: bindAndConnect(fd, from, to)};
}

/** A raw ICMP or ICMPv6 socket: needs CAP_NET_RAW over this namespace, which the engine has. */
export const rawIcmp = (family: Family): number => must('socket', AF[family], SOCK.raw | flags, family === 4 ? 1 : 58);

/** A raw SCTP socket; checksums are the caller's. Needs CAP_NET_RAW, and no SCTP in the kernel. */
export const rawSctp = (family: Family): number => must('socket', AF[family], SOCK.raw | flags, 132);

/** A raw socket that sends whole packets, header and all, and receives nothing. Source: raw(7), IPPROTO_RAW. */
export const rawSender = (family: Family): number => must('socket', AF[family], SOCK.raw | flags, 255);

/**
 * A raw socket that hears what is sent to one address of this namespace by a protocol, behind the rules at the input hook.
 * IPv4 packets come with their header, IPv6 ones without (raw(7)).
 */
export function rawListener(family: Family, protocol: 'tcp' | 'udp', address: string): number {
	const fd = must('socket', AF[family], SOCK.raw | flags, protocol === 'tcp' ? 6 : 17);
	const own = sockaddr(family, address, 0);
	libc().bind(fd, own, own.length);
	return fd;
}

function bindAndConnect(fd: number, from: Buffer, to: Buffer): number {
	const c = libc();
	if (c.bind(fd, from, from.length) < 0) return c.errno();
	return c.connect(fd, to, to.length) < 0 ? c.errno() : 0;
}

/** Whoever closes it closes by reset, so that no TIME_WAIT and no conntrack entry lingers (FACTS). */
export const resetWhenClosed = (fd: number): void => void libc().setsockopt(fd, SOL_SOCKET, SO.linger, lingerZero, 8);

export function closeByReset(fd: number): void {
	resetWhenClosed(fd);
	libc().close(fd);
}

export const closeSocket = (fd: number): void => void libc().close(fd);

/** SO_ERROR of a socket, which reading clears; 0 is none. */
export function socketError(fd: number): number {
	four.writeUInt32LE(4);
	must('getsockopt', fd, SOL_SOCKET, SO.error, scratch, four);
	return scratch.readInt32LE(0);
}

/** Receive buffer in bytes, beyond the host's limit where privilege over this namespace allows, else up to it. */
export function receiveBuffer(fd: number, bytes: number): void {
	const value = Buffer.alloc(4);
	value.writeUInt32LE(bytes);
	const c = libc();
	if (c.setsockopt(fd, SOL_SOCKET, SO.rcvbufForce, value, 4) < 0) c.setsockopt(fd, SOL_SOCKET, SO.rcvbuf, value, 4);
}
