// Crafted packets of an attacker, really sent from its pivot's namespace, and looked for where they were sent to: by a raw
// socket behind the far end's rules, or in the tables of neighbours.
import {setTimeout as sleep} from 'node:timers/promises';
import type {Evidence} from '../../core/contracts/evidence.ts';
import type {RawPacket, RawReply} from '../../core/contracts/network.ts';
import type {LiveSite} from '../../core/contracts/site.ts';
import type {Flow} from '../../core/model/flow.ts';
import {type Link, listNeighbours, sendForgedArp} from '../../kernel/arp.ts';
import {type Crafted, fragments, isCrafted, resetOf, transport, wholePacket} from '../../kernel/ip-packet.ts';
import {libc, SystemCallError} from '../../kernel/libc.ts';
import {homeNetns, withNetns} from '../../kernel/netns.ts';
import type {Reactor} from '../../kernel/reactor.ts';
import {sockaddr} from '../../kernel/sockaddr.ts';
import {closeSocket, rawListener, rawSender} from '../../kernel/sockets.ts';
import type {Prober} from './prober-contract.ts';

export interface RawInput {
	readonly sites: ReadonlyMap<string, LiveSite>;
	readonly prober: Prober;
	readonly reactor: Reactor;
	readonly timeoutMs: number;
	/** Of a workload: what its frames go out by. */
	readonly linkOf: (workload: string) => Link;
}

const EPERM = 1;
/** How long a table of neighbours has to believe what it was told: the kernel does that at once. */
const believeMs = 50;
/** How long is waited for a packet that reassembly is to drop: to see that it does. */
const droppedMs = 100;
/** Behind the first eight bytes, the least that a fragment of IP carries; in the middle of a segment or datagram. */
const cuts = {'tiny-head': 8, 'lone-tail': 8, whole: 24} as const;
const received = Buffer.alloc(2048);
let lastMarker = Math.floor(Math.random() * 2 ** 31);

/**
 * Sends one packet of `flow`, whose source is what stands in the packet, from the workload `from`. Its evidence: `open` is
 * that the far end's raw socket saw it, whether or not something listens there.
 */
export async function sendRaw(
	{sites, prober, reactor, timeoutMs}: RawInput,
	{flow, from, packet}: {flow: Flow; from: string; packet: Exclude<RawPacket, {kind: 'forged-arp'}>},
): Promise<Evidence> {
	const crafted: Crafted = {
		family: flow.family,
		protocol: flow.protocol === 'udp' ? 'udp' : 'tcp',
		source: flow.source.address,
		destination: flow.destination.address,
		sourcePort: prober.ownPort(),
		port: flow.port,
		marker: (lastMarker = (lastMarker + 1) >>> 0),
	};
	const {netns} = sites.get(from)!;
	const far = sites.get(flow.destination.workload!)!;
	const {tampered} = prober;
	let stopHearing = (): void => undefined;
	try {
		const evidence = await prober.follow(flow, {
			timeoutMs: droppedWhole(flow, packet) === null ? timeoutMs : Math.min(timeoutMs, droppedMs),
			sourcePort: crafted.sourcePort,
			unheard: [
				...(tampered.has(from) ? (['egress'] as const) : []),
				...(tampered.has(far.workload.name) ? (['ingress'] as const) : []),
			],
			send(arrived) {
				stopHearing = hear(crafted, far, reactor, arrived);
				const carried = transport(crafted);
				send(
					netns,
					crafted,
					packet.kind === 'spoofed'
						? [wholePacket(crafted, carried)]
						: fragments(crafted, carried, cuts[packet.form]).slice(packet.form === 'lone-tail' ? 1 : 0),
				);
			},
		});
		// A half open connection would be answered for a minute, to somebody who never asked for it.
		if (packet.kind === 'spoofed' && crafted.protocol === 'tcp' && evidence.arrival === 'open')
			send(netns, crafted, [wholePacket(crafted, resetOf(crafted))]);
		return explained(evidence, packet);
	} catch (error) {
		if (!(error instanceof SystemCallError)) throw error;
		return {flow, arrival: 'none', logs: [], outcome: {kind: 'inconclusive', reason: error.message}, micros: 0};
	} finally {
		stopHearing();
	}
}

/** What reassembly drops it drops before any rule, and logs nothing: inconclusive by rule, with the reason. */
function explained(evidence: Evidence, packet: RawPacket): Evidence {
	const what = droppedWhole(evidence.flow, packet);
	if (what === null || evidence.outcome.kind !== 'inconclusive' || evidence.logs.length > 0) return evidence;
	const reason = `${what}: reassembly drops it before any rule, and logs nothing`;
	return {...evidence, outcome: {kind: 'inconclusive', reason}};
}

/** Why reassembly is to drop it, in words; null for what it puts together. */
function droppedWhole({family, protocol}: Flow, packet: RawPacket): string | null {
	if (packet.kind !== 'fragmented') return null;
	if (packet.form === 'lone-tail') return 'a tail without its head';
	const isShort = packet.form === 'tiny-head' && family === 6 && protocol === 'tcp';
	return isShort ? 'an IPv6 head without the whole TCP header (RFC 7112)' : null;
}

/** Calls `arrived` when the very packet comes out behind the far end's rules. Returns the undo. */
function hear(crafted: Crafted, {netns}: LiveSite, reactor: Reactor, arrived: () => void): () => void {
	const fd = withNetns(netns, () => rawListener(crafted.family, crafted.protocol, crafted.destination));
	const unwatch = reactor.watch(fd, () => {
		for (;;) {
			const length = Number(libc().recvfrom(fd, received, received.length, 0x40, null, null));
			if (length < 0) return;
			const start = crafted.family === 4 ? (received[0]! & 15) * 4 : 0;
			if (isCrafted(crafted, received, start, length)) arrived();
		}
	});
	return () => {
		unwatch();
		closeSocket(fd);
	};
}

/** @throws SystemCallError where the kernel refuses for another reason than a rule of the sender's */
function send(netns: number, {family, destination}: Crafted, packets: readonly Buffer[]): void {
	const to = sockaddr(family, destination, 0);
	const fd = withNetns(netns, () => rawSender(family));
	try {
		for (const packet of packets) {
			if (libc().sendto(fd, packet, packet.length, 0, to, to.length) >= 0) continue;
			const errno = libc().errno();
			if (errno !== EPERM) throw new SystemCallError('sendto', errno);
		}
	} finally {
		closeSocket(fd);
	}
}

/**
 * Tells the victim that the pivot is its gateway, and the gateway that the pivot is the victim, by answers that nobody asked
 * for. `arrived`: one of the two now believes it.
 */
export async function forgeArp(
	{sites, linkOf}: RawInput,
	from: string,
	victim: LiveSite,
	address: string,
): Promise<RawReply> {
	const {netns} = sites.get(from)!;
	const link = linkOf(from);
	const tables = (): string =>
		[victim.netns, homeNetns()].map(place => withNetns(place, () => JSON.stringify(believed(link)))).join();
	const before = tables();
	const sent = withNetns(netns, () => {
		const gateway = listNeighbours().find(({index}) => index === link.index)?.address;
		return gateway === undefined ? [] : [sendForgedArp(link, gateway, address), sendForgedArp(link, address, gateway)];
	});
	if (sent.length === 0 || sent.some(error => error !== null)) return 'inconclusive';
	await sleep(believeMs);
	return tables() === before ? 'unseen' : 'arrived';
}

/** The neighbours that a table has at the pivot's own hardware address: what a forged answer would add to. */
const believed = ({mac}: Link): readonly string[] =>
	listNeighbours()
		.filter(neighbour => neighbour.mac === mac)
		.map(({index, address}) => `${index} ${address}`)
		.sort();
