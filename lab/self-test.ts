// Nothing leaves the lab: shown by looking and by sending, at every boot, before any rule or attacker is trusted.
import {FirebreakError} from '../core/model/failure.ts';
import type {Family} from '../core/model/topology.ts';
import {errnoName, libc} from '../kernel/libc.ts';
import {withNetns} from '../kernel/netns.ts';
import {listLinks} from '../kernel/rtnetlink.ts';
import {sockaddr} from '../kernel/sockaddr.ts';
import {closeSocket} from '../kernel/sockets.ts';
import type {BootedSite} from '../topologies/boot.ts';

/** Addresses that exist nowhere (RFC 5737, RFC 3849): what would leave would go there. */
const outside: Readonly<Record<Family, string>> = {4: '192.0.2.1', 6: '2001:db8::1'};
/** Without them udp sockets do not hear of an unreachable host (ip(7), ipv6(7)). */
const IP_RECVERR = 11;
const IPV6_RECVERR = 25;
/** ENETDOWN, ENETUNREACH, EHOSTUNREACH, and EADDRNOTAVAIL where no link is up yet: the kernel knows no way. */
const noWay: ReadonlySet<number> = new Set([99, 100, 101, 113]);

/**
 * Looks at the fabric's links, which must be its own loopback and the sites' ports, and asks the fabric for a way to an
 * outside address in both families: the kernel must know none.
 *
 * @throws FirebreakError `way-out` naming what was found
 */
export function selfTest(sites: readonly BootedSite[], owned: ReadonlySet<string>): void {
	const known = new Set(['lo', ...sites.map(({port}) => port.name)]);
	const up = new Set(listLinks('up'));
	const foreign = listLinks().filter(name => !known.has(name) && (up.has(name) || !tunnelStub(name)));
	if (foreign.length > 0) throw wayOut(`the fabric has a link that is not the lab's: ${foreign.join(', ')}`);
	for (const family of [4, 6] as const) {
		if (owned.has(outside[family])) continue;
		const answer = send(family);
		if (!noWay.has(answer)) {
			throw wayOut(
				`the fabric has a way to ${outside[family]} (${answer === 0 ? 'a packet was sent' : errnoName(answer)})`,
			);
		}
	}
}

/**
 * Sends one datagram to an outside address from a site's namespace and waits for the fabric to refuse it: the same by
 * packet. @throws FirebreakError `way-out` where no refusal comes within `timeoutMs`
 */
export async function packetTest(site: BootedSite, owned: ReadonlySet<string>, timeoutMs: number): Promise<void> {
	for (const {family, address} of primaries(site)) {
		if (owned.has(outside[family])) continue;
		const fd = withNetns(site.netns, () => connected(family, address));
		try {
			if (!(await refused(fd, timeoutMs)))
				throw wayOut(`a packet from ${site.workload.name} to ${outside[family]} was not refused`);
		} finally {
			closeSocket(fd);
		}
	}
}

const primaries = ({workload}: BootedSite) =>
	([4, 6] as const).flatMap(family => workload.addresses.find(address => address.family === family) ?? []);

/** Kernel modules put unconfigured devices (sit0, tunl0, ip6tnl0…) into every new namespace; they are down and carry nothing. */
const tunnelStub = (name: string): boolean => /^(sit|tunl|ip6tnl|gre|gretap|erspan|ip_vti|ip6_vti|ip6gre)0$/.test(name);

/** errno of a datagram to the outside from the namespace the thread is in; 0 when it was sent. */
function send(family: Family): number {
	const c = libc();
	const fd = c.socket(family === 4 ? 2 : 10, 2 | 0o2004000, 0);
	const to = sockaddr(family, outside[family], 9);
	const result = c.sendto(fd, to, 1, 0, to, to.length);
	const errno = result < 0 ? c.errno() : 0;
	c.close(fd);
	return errno;
}

function connected(family: Family, from: string): number {
	const c = libc();
	const fd = c.socket(family === 4 ? 2 : 10, 2 | 0o2004000, 0);
	const own = sockaddr(family, from, 0);
	c.bind(fd, own, own.length);
	c.setsockopt(fd, family === 4 ? 0 : 41, family === 4 ? IP_RECVERR : IPV6_RECVERR, Buffer.from([1, 0, 0, 0]), 4);
	const to = sockaddr(family, outside[family], 9);
	if (c.connect(fd, to, to.length) < 0) return fd;
	c.sendto(fd, to, 1, 0, null, 0);
	return fd;
}

/** An ICMP error came back, or the socket never got as far as a route. */
async function refused(fd: number, timeoutMs: number): Promise<boolean> {
	const list = Buffer.alloc(8);
	const byte = Buffer.alloc(1);
	for (const end = performance.now() + timeoutMs; performance.now() < end; ) {
		list.writeInt32LE(fd, 0);
		list.writeUInt16LE(1, 4);
		if (libc().poll(list, 1, 0) > 0 && libc().recvfrom(fd, byte, 1, 0x40, null, null) < 0 && libc().errno() !== 11)
			return true;
		if (libc().sendto(fd, byte, 1, 0, null, 0) < 0 && libc().errno() !== 11) return true;
		await new Promise(resolve => setTimeout(resolve, 5));
	}
	return false;
}

const wayOut = (what: string): FirebreakError =>
	new FirebreakError(
		'way-out',
		`the lab is not closed: ${what}`,
		'nothing was run; this is a fault of the machine or of Firebreak: please report it',
	);
