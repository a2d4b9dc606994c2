import {packetOf} from '../../core/capture/read-blocks.ts';
import type {Topology} from '../../core/model/topology.ts';
import type {Io} from '../io.ts';
import type {Page} from '../report/lines.ts';
import {packetLine} from './packet-line.ts';
import type {PacketSink} from './run-capture.ts';

/** Prints packets, a line each. */
export function textSink(taps: readonly string[], {workloads}: Topology, {paint}: Page, io: Io): PacketSink {
	const owners = new Map(
		workloads.flatMap(({name, addresses}) => addresses.map(({address}) => [address, name] as const)),
	);
	const words = {taps, owners, paint};
	return {
		add: (block, verdict) => io.out(`${packetLine(packetOf(block), verdict, words)}\n`),
		drained: async () => io.drained?.(),
	};
}
