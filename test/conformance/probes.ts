// What a case of probes asks, and the flows by which it is asked.
import ipaddr from 'ipaddr.js';
import type {Endpoint, Flow} from '../../core/model/flow.ts';
import type {Family} from '../../core/model/topology.ts';
import {hasPort} from '../../core/reach/port-set.ts';
import type {Case, Corpus} from './corpus.ts';
import {type Probe, parseLines, parsePort, parseProbes} from './expected-lines.ts';
import {type Peers, peersNamed} from './peers.ts';

/** Names of both ends of probes. */
export const namesOf = (probes: readonly Probe[]): readonly string[] =>
	probes.flatMap(({source, destination}) => [source, destination]);

/** Whether the case asks about single ports. */
export const asksProbes = ({expected_format: format}: Case): boolean =>
	format === 'probe-matrix' || format === 'probe-lines';

/** Every single question of the case: its lines, or of a matrix each port for each pair. */
export function probesOf(corpus: Corpus, {expected, expected_format: format, probes}: Case): readonly Probe[] {
	const text = corpus.read(expected);
	if (format === 'probe-lines') return parseProbes(text);
	const ports = (probes ?? []).map(parsePort);
	return parseLines(text).flatMap(({source, destination, open}) =>
		ports.map(port => ({source, destination, ...port, open: hasPort(open, port.protocol, port.port)})),
	);
}

/**
 * The flows of a probe: from every replica of its source to every replica of its destination, in each family that both
 * have, by their primary addresses. A bare address is a host that no workload is.
 */
export function flowsOf({source, destination, protocol, port}: Probe, peers: Peers): readonly Flow[] {
	const ends = (name: string): readonly (Endpoint & {readonly family: Family})[] =>
		ipaddr.isValid(name)
			? [{workload: null, address: name, family: name.includes(':') ? 6 : 4}]
			: peersNamed(peers, name).flatMap(({name: workload, addresses}) =>
					([4, 6] as const).flatMap(family => {
						const own = addresses.find(one => one.family === family);
						return own === undefined ? [] : [{workload, address: own.address, family}];
					}),
				);
	return ends(source).flatMap(({family, ...from}) =>
		ends(destination)
			.filter(to => to.family === family && (to.workload === null || to.workload !== from.workload))
			.map(({workload, address}) => ({source: from, destination: {workload, address}, family, protocol, port})),
	);
}
