import {isIPv4} from '../../core/attack/sweep-addresses.ts';
import type {HostView, RawPacket, RawReply} from '../../core/contracts/network.ts';
import type {Knowledge, KnownHost, Technique} from '../../core/contracts/technique.ts';
import {planAims, settlesAim} from './aims.ts';
import {learned} from './learned.ts';

/** So many addresses are tried as the source of one packet, at most. */
const mostSources = 8;

/**
 * One packet from each of some other hosts' addresses. Its sender hears nothing of it: whether it arrived is observed at the
 * far end, and nobody falls by it.
 */
export const spoofSource: Technique = {
	name: 'spoof-source',
	attack: {technique: 'T1599', tactic: 'TA0005', title: 'Network Boundary Bridging'},
	describes: {
		wire: "A TCP SYN or UDP datagram with another workload's address as its source.",
		seen: 'A packet from an address that is not at the port it came in by, and answers that its owner never asked for.',
		cleanup: 'A connection that it half opened is reset by another packet of the same source.',
	},
	plan: knowledge =>
		planAims(knowledge, 'spoof-source', [...knowledge.hosts.values()], ({pivot, host, port}) => {
			const packets = sourcesFor(knowledge, pivot, host, port);
			return packets.length === 0 ? null : {packets};
		}),
	async perform({from, to, address, protocol, port, packets = []}, number, network, {hosts}) {
		if (address === null || protocol === null || port === null) throw new Error('a packet needs a port');
		const replies: RawReply[] = [];
		for (const packet of packets) {
			replies.push(await network.raw({action: number, from, to: address, protocol, port}, packet));
		}
		const posed = packets.flatMap((packet, at) =>
			packet.kind === 'spoofed' && replies[at] === 'arrived' ? (hosts.get(packet.source)?.name ?? packet.source) : [],
		);
		const unsure = replies.filter(reply => reply === 'inconclusive').length;
		return learned({
			result: posed.length > 0 ? 'success' : unsure > 0 ? 'inconclusive' : 'denied',
			detail:
				posed.length > 0
					? `reached ${to} as ${posed.join(', ')}`
					: unsure > 0
						? `${unsure} of ${replies.length} packets were neither seen nor logged`
						: 'no packet arrived',
			probes: replies.length,
			answers: rawAnswers(replies),
			settled: posed.length > 0 ? [settlesAim('spoof-source', address, `${port}/${protocol}`)] : [],
		});
	},
};

/** As the answers of other probes are counted. */
export function rawAnswers(replies: readonly RawReply[]): {readonly open?: number; readonly silent?: number} {
	const open = replies.filter(reply => reply === 'arrived').length;
	const silent = replies.length - open;
	return {...(open > 0 && {open}), ...(silent > 0 && {silent})};
}

/** Hosts that are known to get in there come first. An address a host. */
function sourcesFor({hosts}: Knowledge, pivot: HostView, target: KnownHost, port: string): readonly RawPacket[] {
	const gets = new Set(
		[...hosts.values()].filter(({name}) => name === target.name).flatMap(({open}) => [...(open.get(port) ?? [])]),
	);
	const others = [...hosts.values()]
		.filter(
			({name, address}) =>
				name !== target.name && name !== pivot.hostname && isIPv4(address) === isIPv4(target.address),
		)
		.sort((a, b) => Number(gets.has(b.name)) - Number(gets.has(a.name)) || (a.address < b.address ? -1 : 1));
	const first = new Map<string, string>();
	for (const {name, address} of others) if (!first.has(name)) first.set(name, address);
	return [...first.values()].slice(0, mostSources).map(source => ({kind: 'spoofed', source}));
}
