// Flows that were seen, against what the topology says its business needs: by kinds, or workload by workload.
import type {PacketEnd} from '../contracts/watch-event.ts';
import {serves} from '../measure/kinds.ts';
import type {RuleRef} from '../model/policy.ts';
import type {Dependency, Family, Protocol, Service, Topology, Workload} from '../model/topology.ts';
import {decidingRule, type FlowRow, type OpenNow} from './flow-row.ts';

/** How a flow was decided; what only observes would have decided otherwise counts as its own verdict. */
export const flowVerdicts = ['allow', 'deny', 'would-deny', 'would-allow'] as const;
export type FlowVerdict = (typeof flowVerdicts)[number];

/** One end of an edge. */
export interface MapEnd {
	/** Of a kind (`web.prod`), a workload, or an address that is nobody's. */
	readonly name: string;
	/** Null: nobody has this address. */
	readonly workload: Workload | null;
}

export interface MapEdge {
	readonly from: MapEnd;
	readonly to: MapEnd;
	readonly protocol: Protocol;
	/** As seen, 0 for icmp; of a service that is a range, the whole range. */
	readonly port: number;
	readonly lastPort: number;
	readonly service: string | null;
	readonly verdict: FlowVerdict;
	/** That decided, or would have; null where no log says. */
	readonly rule: RuleRef | null;
	/** The policy in force then; null where only connection tracking knows of the flow. */
	readonly inForce: string | null;
	readonly families: readonly Family[];
	readonly count: number;
	/** Milliseconds since 1970. */
	readonly firstAt: number;
	readonly lastAt: number;
	readonly open: OpenNow | null;
	/** Where the topology's dependency comes from that this is a flow of; null: undeclared. */
	readonly dependency: Dependency['source'] | null;
}

export interface DependencyMap {
	/** Sorted by ends, port and verdict. */
	readonly edges: readonly MapEdge[];
	/** Dependencies of which nothing was seen, neither allowed nor denied. Dangling ones are left out: nobody can use them. */
	readonly unseen: readonly Dependency[];
}

export const verdictOf = ({verdict, would}: FlowRow): FlowVerdict => would ?? verdict;

export function dependencyMap(
	{workloads, dependencies}: Topology,
	rows: readonly FlowRow[],
	fold: 'kinds' | 'workloads',
): DependencyMap {
	const byName = new Map(workloads.map(one => [one.name, one]));
	const needs = Map.groupBy(dependencies, ({from, to}) => `${from} ${to}`);
	const used = new Set<Dependency>();
	const edges = new Map<string, MapEdge>();
	const endOf = ({workload: name, address}: PacketEnd): MapEnd => {
		const workload = (name === null ? undefined : byName.get(name)) ?? null;
		return {name: workload === null ? address : fold === 'kinds' ? workload.kind : workload.name, workload};
	};
	for (const row of rows) {
		const [from, to] = [endOf(row.source), endOf(row.destination)];
		const service = to.workload?.services.find(one => serves(one, row.protocol, row.port));
		const need = needs
			.get(`${from.workload?.kind} ${to.workload?.kind}`)
			?.find(one => one.protocol === row.protocol && isAbout(one, row.port, service));
		if (need !== undefined) used.add(need);
		const edge = edgeOf(row, {from, to, service, need});
		const key = keyOf(edge);
		const before = edges.get(key);
		edges.set(key, before === undefined ? edge : merged(before, edge));
	}
	return {
		edges: [...edges].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, edge]) => edge),
		unseen: dependencies.filter(one => !one.dangling && !used.has(one)),
	};
}

const isAbout = (need: Dependency, port: number, service: Service | undefined): boolean =>
	need.port === port || (service !== undefined && serves(service, need.protocol, need.port));

function edgeOf(
	row: FlowRow,
	{
		from,
		to,
		service,
		need,
	}: {
		readonly from: MapEnd;
		readonly to: MapEnd;
		readonly service: Service | undefined;
		readonly need: Dependency | undefined;
	},
): MapEdge {
	const {protocol, inForce, family, count, firstAt, lastAt, open} = row;
	return {
		from,
		to,
		protocol,
		port: service?.port ?? row.port,
		lastPort: service?.lastPort ?? row.port,
		service: service?.name ?? null,
		verdict: verdictOf(row),
		rule: decidingRule(row),
		inForce,
		families: [family],
		count,
		firstAt,
		lastAt,
		open,
		dependency: need?.source ?? null,
	};
}

const keyOf = ({from, to, protocol, port, verdict, rule, inForce}: MapEdge): string =>
	[from.name, to.name, String(port).padStart(5, '0'), protocol, verdict, inForce ?? '', rule?.id ?? ''].join('\n');

const merged = (one: MapEdge, other: MapEdge): MapEdge => ({
	...one,
	families: [...new Set([...one.families, ...other.families])].sort(),
	count: one.count + other.count,
	firstAt: Math.min(one.firstAt, other.firstAt),
	lastAt: Math.max(one.lastAt, other.lastAt),
	open: sumOf(one.open, other.open),
});

const sumOf = (one: OpenNow | null, other: OpenNow | null): OpenNow | null =>
	one === null || other === null
		? (one ?? other)
		: {
				connections: one.connections + other.connections,
				packets: one.packets + other.packets,
				bytes: one.bytes + other.bytes,
			};
