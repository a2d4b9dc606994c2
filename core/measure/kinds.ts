// Replicas of a workload in one environment are one kind: what is counted, so that ten replicas are not ten losses.
import type {Service, Topology, Workload} from '../model/topology.ts';

export interface Kind {
	readonly name: string;
	readonly environment: string | null;
	readonly workloads: readonly Workload[];
	/** True where any replica is a crown jewel. */
	readonly jewel: boolean;
	/** In W: neither outside nor added by an importer. */
	readonly counted: boolean;
	readonly outside: boolean;
	readonly assumed: boolean;
	/** Those of all replicas, each once. */
	readonly services: readonly Service[];
}

export interface Kinds {
	/** Sorted by name. */
	readonly all: ReadonlyMap<string, Kind>;
	/** W, sorted by name. */
	readonly counted: readonly Kind[];
	/** The kind of a workload; null for an address that no workload owns and for an unknown name. */
	of(workload: string | null): string | null;
}

/** Every measure asks for them, and a topology never changes. */
const known = new WeakMap<Topology, Kinds>();

/** The kinds of a topology. */
export function kindsOf(topology: Topology): Kinds {
	const kinds = known.get(topology) ?? kindsIn(topology);
	known.set(topology, kinds);
	return kinds;
}

function kindsIn(topology: Topology): Kinds {
	const members = Map.groupBy(topology.workloads, ({kind}) => kind);
	const all = new Map(
		[...members].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, group]) => [name, kind(name, group)]),
	);
	const kindByWorkload = new Map(topology.workloads.map(({name, kind}) => [name, kind]));
	return {
		all,
		counted: [...all.values()].filter(({counted}) => counted),
		of: workload => (workload === null ? null : (kindByWorkload.get(workload) ?? null)),
	};
}

function kind(name: string, workloads: readonly Workload[]): Kind {
	const outside = workloads.every(workload => workload.outside);
	const assumed = workloads.every(workload => workload.assumed);
	const services = new Map(
		workloads.flatMap(workload => workload.services).map(service => [portText(service), service]),
	);
	return {
		name,
		environment: workloads[0]!.environment,
		workloads,
		jewel: workloads.some(({jewel}) => jewel),
		counted: !outside && !assumed,
		outside,
		assumed,
		services: [...services.values()].sort((a, b) => a.port - b.port || (a.protocol < b.protocol ? -1 : 1)),
	};
}

/** `5432/tcp`, or `49152-65535/tcp` for a range. */
export const portText = ({port, lastPort, protocol}: Service): string =>
	`${port}${lastPort === port ? '' : `-${lastPort}`}/${protocol}`;

/** `carts:80/tcp`: how reports name a service of a kind. */
export const serviceText = (kind: string, service: Service): string => `${kind}:${portText(service)}`;

/** Is this port of this protocol one of the service's? */
export const serves = (service: Service, protocol: string, port: number): boolean =>
	service.protocol === protocol && service.port <= port && port <= service.lastPort;
