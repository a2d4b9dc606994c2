// Topologies as a test reads them: `topology({web: {labels: {tier: 'web'}}, 'db.prod': {services: ['postgres:5432']}})`.
import type {Address, Family, LabelMap, Segment, Service, Topology, Workload} from '../../core/model/topology.ts';
import {place} from './place.ts';

/** What of a workload a test cares about; all else has a dull value. */
export interface WorkloadSpec {
	readonly labels?: LabelMap;
	/** `postgres:5432`, `names:53/udp`, `dynamic:40000-40010/tcp`. */
	readonly services?: readonly string[];
	/** Segment or segments; a segment `app.prod` is of network `app`. */
	readonly segments?: readonly string[];
	/** Instead of `addressOf(name, 4)` and `addressOf(name, 6)`. */
	readonly addresses?: readonly string[];
	readonly namespace?: string;
	readonly namespaceLabels?: LabelMap;
	readonly outside?: boolean;
	readonly managed?: boolean;
	readonly jewel?: boolean;
	readonly weak?: boolean;
	readonly holds?: readonly string[];
}

/** A topology of these workloads. `web-1.prod` is a replica of kind `web.prod`, base `web`, in environment `prod`. */
export function topology(specs: Readonly<Record<string, WorkloadSpec>>, name = 'lab'): Topology {
	const workloads = Object.entries(specs)
		.map(([key, spec]) => workload(key, spec))
		.sort((a, b) => (a.name < b.name ? -1 : 1));
	return {
		name,
		environments: [...new Set(workloads.flatMap(({environment}) => environment ?? []))].sort(),
		segments: segmentsOf(workloads),
		workloads,
		dependencies: [],
		secrets: [],
		assumptions: [],
		weakByDefault: 'declared',
		files: [],
	};
}

/** One workload. */
export function workload(name: string, spec: WorkloadSpec = {}): Workload {
	const [first = '', ...rest] = name.split('.');
	const environment = rest.length === 0 ? null : rest.join('.');
	const base = first.replace(/-\d+$/, '');
	const segments = spec.segments ?? [];
	const outside = spec.outside ?? false;
	return {
		name,
		base,
		kind: environment === null ? base : `${base}.${environment}`,
		environment,
		labels: {...(environment === null ? {} : {env: environment}), ...spec.labels},
		namespace: spec.namespace ?? null,
		namespaceLabels: spec.namespaceLabels ?? {},
		addresses: (spec.addresses ?? [addressOf(name, 4), addressOf(name, 6)]).map(text => address(text, segments)),
		segments,
		services: (spec.services ?? []).map(text => service(text, spec.weak ?? false)),
		holds: spec.holds ?? [],
		jewel: spec.jewel ?? false,
		outside,
		managed: !outside && (spec.managed ?? true),
		assumed: false,
		knows: [],
		run: null,
		image: null,
		command: null,
		variables: {},
		where: place('test.topology.yaml', 1),
	};
}

/** The address that a workload of this name has unless it is given others: the same wherever the name is used. */
export function addressOf(name: string, family: Family): string {
	let hash = 2166136261;
	for (const character of name) hash = Math.imul(hash ^ character.codePointAt(0)!, 16777619) >>> 0;
	const number = (hash % 130_000) + 1;
	return family === 4
		? `198.${18 + (number >> 16)}.${(number >> 8) & 255}.${number & 255}`
		: `fd00:f1eb::${number >> 16}:${(number & 65535).toString(16)}`;
}

/** `postgres:5432/tcp`; tcp unless it says otherwise. */
export function service(text: string, weak = false): Service {
	const [, name = '', first = '', last = first, protocol = 'tcp'] =
		/^([^:]+):(\d+)(?:-(\d+))?(?:\/(tcp|udp|sctp))?$/.exec(text) ?? [];
	if (name === '') throw new Error(`no service: ${text}`);
	return {
		name,
		protocol: protocol as Service['protocol'],
		port: Number(first),
		lastPort: Number(last),
		speaks: protocol === 'udp' ? 'udp' : 'tcp',
		weak: weak ? ['CVE-2021-44228'] : [],
	};
}

const address = (text: string, segments: readonly string[]): Address => ({
	family: text.includes(':') ? 6 : 4,
	address: text,
	segment: segments[0] ?? null,
});

const segmentsOf = (workloads: readonly Workload[]): readonly Segment[] =>
	[...new Set(workloads.flatMap(({segments}) => segments))]
		.sort()
		.map(name => ({name, network: name.split('.')[0]!, prefixes: []}));
