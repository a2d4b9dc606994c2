// Cases of probes as a lab needs them: who listens, who stands for addresses beyond the cluster, and which cases share a
// lab because their pods are the same.
import type {Endpoint, Flow} from '../../core/model/flow.ts';
import type {Stack} from '../../core/model/policy.ts';
import type {Service, Topology, Workload} from '../../core/model/topology.ts';
import type {Case, Corpus} from './corpus.ts';
import type {Probe} from './expected-lines.ts';
import {peersByName} from './peers.ts';
import {flowsOf, namesOf, probesOf} from './probes.ts';
import {filesOf, subjectOf} from './subject.ts';

export interface PacketCase {
	readonly one: Case;
	/** As the manifests have it, with those who stand beyond it. */
	readonly topology: Topology;
	readonly stack: Stack;
	readonly asked: readonly {readonly probe: Probe; readonly flow: Flow}[];
}

/** Cases whose pods have the same names and addresses. */
export interface LabGroup {
	/** What is booted: the pods, listening on all that is asked of them, and everyone beyond. */
	readonly topology: Topology;
	readonly cases: readonly PacketCase[];
}

/** @throws Error as `subjectOf` and `peersNamed` do */
export function packetCase(corpus: Corpus, one: Case): PacketCase {
	const {topology, stack} = subjectOf(corpus, filesOf(corpus, one));
	const probes = probesOf(corpus, one);
	const peers = peersByName(topology, namesOf(probes));
	const beyond = new Map<string, Workload>();
	const settle = (end: Endpoint): Endpoint => {
		if (end.workload !== null) return end;
		const host = beyond.get(end.address) ?? hostBeyond(end.address, topology.workloads[0]!);
		beyond.set(end.address, host);
		return {workload: host.name, address: end.address};
	};
	const asked = probes.flatMap(probe =>
		flowsOf(probe, peers).map(flow => ({
			probe,
			flow: {...flow, source: settle(flow.source), destination: settle(flow.destination)},
		})),
	);
	return {one, stack, asked, topology: withWorkloads(topology, [...topology.workloads, ...beyond.values()])};
}

export function groupsOf(cases: readonly PacketCase[]): readonly LabGroup[] {
	const pods = ({topology}: PacketCase): string =>
		JSON.stringify(topology.workloads.filter(({outside}) => !outside).map(({name, addresses}) => [name, addresses]));
	return [...Map.groupBy(cases, pods).values()].map(own => {
		const {topology} = own[0]!;
		const workloads = new Map(own.flatMap(one => one.topology.workloads).map(one => [one.name, one]));
		const all = [...workloads.values()].map(workload => ({...workload, services: servicesOf(workload, own)}));
		const everyone = (one: PacketCase): Topology =>
			withWorkloads(one.topology, [
				...one.topology.workloads,
				...all.filter(({name, outside}) => outside && one.topology.workloads.every(known => known.name !== name)),
			]);
		return {topology: withWorkloads(topology, all), cases: own.map(one => ({...one, topology: everyone(one)}))};
	});
}

const withWorkloads = (topology: Topology, workloads: readonly Workload[]): Topology => ({
	...topology,
	workloads: workloads.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
});

/** A host that no selector of pods and namespaces means, and where nothing is enforced. */
const hostBeyond = (address: string, like: Workload): Workload => ({
	...like,
	name: `beyond-${address.replaceAll(/[.:]/g, '-')}`,
	kind: 'beyond',
	base: 'beyond',
	labels: {},
	namespace: null,
	namespaceLabels: {},
	environment: null,
	addresses: [{family: address.includes(':') ? 6 : 4, address, segment: null}],
	segments: [],
	services: [],
	knows: [],
	outside: true,
	managed: false,
});

/** A plain listener on each port that any of the cases asks of the workload. */
function servicesOf({name}: Workload, cases: readonly PacketCase[]): readonly Service[] {
	const asked = cases.flatMap(one => one.asked).filter(({flow}) => flow.destination.workload === name);
	const ports = new Map(asked.map(({probe}) => [`${probe.port}_${probe.protocol}`, probe]));
	return [...ports].map(([key, {protocol, port}]) => ({
		name: key,
		protocol,
		port,
		lastPort: port,
		speaks: protocol === 'udp' ? 'udp' : 'tcp',
		weak: [],
	}));
}
