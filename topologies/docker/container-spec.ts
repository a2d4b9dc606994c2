// What a workload is as a container: pure, from topology to the words of Docker's API.
import type {ContainerCreateOptions} from 'dockerode';
import type {HealthCheck, Topology, Workload} from '../../core/model/topology.ts';

/** Labels by which the containers of a lab, a workload and one engine are known. */
export const containerLabels = {
	lab: 'firebreak.lab',
	workload: 'firebreak.workload',
	engine: 'firebreak.engine',
} as const;

/** Where a container sees the gate. */
export const gateFolder = '/.firebreak';

/** Linux allows 64 bytes with the NUL. Source: sethostname(2). */
const longestHostname = 63;

export interface ContainerPlace {
	readonly lab: string;
	/** The engine that makes it, and no other. */
	readonly engine: string;
	/** 0-based, in the topology's order. */
	readonly at: number;
	/** Name of its image. */
	readonly image: string;
	/** Lines of its hosts file, `NAME:ADDRESS`. */
	readonly hosts: readonly string[];
	/** The container whose volume holds the gate, and the gate's arguments; null: its program starts at once. */
	readonly gate: {readonly holder: string; readonly words: readonly string[]} | null;
}

/** The container of a workload: without a network, without any right that Docker does not give by itself, and never restarted. */
export const containerSpec = (workload: Workload, place: ContainerPlace): ContainerCreateOptions => ({
	name: `firebreak-${place.lab}-${place.at}`,
	Hostname: workload.name.slice(0, longestHostname),
	Image: place.image,
	...(place.gate !== null
		? {Entrypoint: [`${gateFolder}/gate`], Cmd: [...place.gate.words]}
		: workload.image !== null && workload.command !== null && {Cmd: [...workload.command]}),
	...(workload.healthCheck !== undefined && {Healthcheck: healthOf(workload.healthCheck)}),
	Env: Object.entries(workload.variables).map(([name, value]) => `${name}=${value}`),
	Labels: {
		[containerLabels.lab]: place.lab,
		[containerLabels.workload]: workload.name,
		[containerLabels.engine]: place.engine,
	},
	HostConfig: {
		NetworkMode: 'none',
		RestartPolicy: {Name: 'no'},
		ExtraHosts: [...place.hosts],
		...(place.gate !== null && {VolumesFrom: [`${place.gate.holder}:ro`]}),
		Mounts: (workload.volumes ?? []).map(({source, target}) => ({
			Type: 'bind',
			Source: source,
			Target: target,
			ReadOnly: true,
		})),
	},
});

/** Docker counts in nanoseconds. */
function healthOf(check: HealthCheck | 'none'): ContainerCreateOptions['Healthcheck'] {
	if (check === 'none') return {Test: ['NONE']};
	const {test, interval, timeout, retries, startPeriod} = check;
	const nanos = (seconds: number): number => Math.round(seconds * 1e9);
	return {
		Test: ['CMD', ...test],
		Interval: nanos(interval),
		Timeout: nanos(timeout),
		Retries: retries,
		StartPeriod: nanos(startPeriod),
	};
}

/**
 * The hosts file of a workload: of each that it knows the kind's name with the addresses of all replicas, the replica's
 * own, and, of its own environment, the name without that.
 */
export function hostLines({workloads}: Topology, {knows, environment}: Workload): readonly string[] {
	const known = new Set(knows);
	return workloads
		.filter(({kind}) => known.has(kind))
		.flatMap(other => {
			const names = new Set([
				...[other.kind, other.name, ...(other.aliases ?? [])],
				...(other.environment === environment ? [other.base] : []),
			]);
			return [...names].flatMap(name => other.addresses.map(({address}) => `${name}:${address}`));
		});
}
