// Crafted packets in the network of verdicts.
import type {Evidence} from '../contracts/evidence.ts';
import type {Attempt, RawPacket, RawReply} from '../contracts/network.ts';
import type {Endpoint, Flow} from '../model/flow.ts';
import type {Topology} from '../model/topology.ts';
import type {EndsJudge} from './judge-ends.ts';
import {rawReplyOf} from './raw-reply.ts';
import {sourceAddress} from './source-address.ts';
import {nobodyThere} from './verdict-evidence.ts';

interface World {
	readonly topology: Topology;
	readonly onEvidence?: (action: number, evidence: Evidence) => void;
}

/**
 * A spoofed packet is judged by the sender's own rules, which do not look at its source, and then as its source's; one in
 * pieces is not known here. Nobody shares a segment, so a forged answer is heard by the fabric alone.
 */
export function modelRaw(
	{topology, onEvidence}: World,
	{spoofed}: EndsJudge,
	{action, from, to, protocol, port}: Attempt,
	packet: RawPacket,
): RawReply {
	if (packet.kind === 'forged-arp') return 'unseen';
	const sender = topology.workloads.find(({name}) => name === from)!;
	const own = sourceAddress(sender, topology.segments, to);
	if (own === undefined) return 'inconclusive';
	const source = packet.kind === 'spoofed' ? packet.source : own.address;
	const end = (address: string): Endpoint => ({workload: ownerOf(topology, address), address});
	const flow: Flow = {source: end(source), destination: end(to), family: own.family, protocol, port};
	const unknown = (reason: string): Evidence => {
		return {flow, arrival: 'none', logs: [], outcome: {kind: 'inconclusive', reason}, micros: 0};
	};
	const evidence =
		packet.kind === 'fragmented'
			? unknown('only packets show what becomes of one in pieces')
			: flow.destination.workload === null
				? unknown(nobodyThere)
				: (spoofed(flow, sender)?.evidence ?? unknown("the sender's rules look at the source address"));
	onEvidence?.(action, evidence);
	return rawReplyOf(evidence);
}

const ownerOf = ({workloads}: Topology, address: string): string | null =>
	workloads.find(({addresses}) => addresses.some(own => own.address === address))?.name ?? null;
