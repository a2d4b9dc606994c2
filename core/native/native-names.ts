// What imported things are called in native files: names without dots, labels that no selector word hides.
import {reservedLabels} from '../files/name.ts';
import {kindName} from '../files/topology-kinds.ts';
import type {Stack} from '../model/policy.ts';
import type {Topology, Workload} from '../model/topology.ts';
import {covers, parseAddress, parseCidr} from '../policy/address.ts';

/** One workload of a native file in one environment: replicas that are alike in everything the file can say. */
export interface NativeKind {
	readonly base: string;
	readonly environment: string | null;
	/** `web.prod`, or `web` without environment. */
	readonly name: string;
	/** Sorted as in the topology, never empty. */
	readonly members: readonly Workload[];
}

export interface NativeNames {
	/**
	 * Whether a policy tells workloads apart by the addresses that the manifests give them. They are kept then, in networks
	 * around them, and environments are not, for a network is cut into a segment for each; else they are of no use.
	 */
	readonly pinned: boolean;
	/** In the order of the topology. */
	readonly kinds: readonly NativeKind[];
	/** The native kinds that a kind of the topology became; empty for one that is not there. */
	kindsOf(kind: string): readonly NativeKind[];
	/** A workload's name: of a replica, `web-2.prod`. */
	workload(name: string): string;
	/** A label's key. */
	label(key: string): string;
	/** The label that stands for a label of the namespace; its name is the label `namespace`. */
	namespaceLabel(key: string): string;
	/** A service's name, told apart by protocol only where that must be. */
	service(name: string, protocol: string): string;
}

/** The key that the API server gives to every namespace. */
export const namespaceName = 'kubernetes.io/metadata.name';

/** Names for everything in `topology`, the same for the same topology and policies. */
export function nativeNames(topology: Topology, stack: Stack): NativeNames {
	const pinned = isPinned(topology, stack);
	const kinds = kindsIn(topology, pinned);
	const byKind = Map.groupBy(kinds, ({members}) => members[0]!.kind);
	const byWorkload = new Map(
		kinds.flatMap(kind => kind.members.map(({name}, at) => [name, replicaName(kind, at + 1)] as const)),
	);
	const protocols = protocolsByName(topology);
	const hidden = new Set(reservedLabels.filter(key => key !== 'env' || pinned || !envIsLabel(topology)));
	return {
		pinned,
		kinds,
		kindsOf: kind => byKind.get(kind) ?? [],
		workload: name => byWorkload.get(name) ?? name,
		label: key => (hidden.has(key) || key === 'namespace' ? `label/${key}` : key),
		namespaceLabel: key => (key === namespaceName ? 'namespace' : `namespace/${key}`),
		service(name, protocol) {
			const written = /^\d/.test(name) ? `port-${name.replaceAll('_', '-')}` : plain(name);
			return (protocols.get(name)?.size ?? 0) > 1 ? `${written}-${protocol}` : written;
		},
	};
}

const replicaName = ({name, base, environment, members}: NativeKind, number: number): string =>
	members.length === 1 ? name : kindName(`${base}-${number}`, environment);

function kindsIn({workloads}: Topology, pinned: boolean): readonly NativeKind[] {
	const groups = Map.groupBy(workloads, workload =>
		JSON.stringify([
			workload.kind,
			workload.environment,
			workload.namespace,
			workload.labels,
			workload.services,
			workload.jewel,
			workload.outside,
			workload.managed,
			workload.holds,
			workload.aliases,
			workload.image,
			workload.command,
			workload.variables,
			workload.addresses.some(({fixed}) => fixed === true) ? workload.name : null,
			pinned ? fixedAddresses(workload) : [],
		]),
	);
	const taken = new Set<string>();
	return [...groups.values()].map(members => {
		const {kind, environment, outside} = members[0]!;
		const where = outside || pinned ? null : environment;
		const suffix = where === null ? '' : `.${where}`;
		const stem = plain(suffix !== '' && kind.endsWith(suffix) ? kind.slice(0, -suffix.length) : kind);
		let base = stem;
		for (let number = 2; taken.has(base + suffix); number++) base = `${stem}-${number}`;
		taken.add(base + suffix);
		return {base, environment: where, name: base + suffix, members};
	});
}

/** Addresses that the manifests gave, and not Firebreak. */
export const fixedAddresses = ({addresses}: Workload): readonly string[] =>
	addresses.filter(({segment}) => segment === null).map(({address}) => address);

function isPinned({workloads}: Topology, stack: Stack): boolean {
	const rules = stack.flatMap(({guardrails, rules: allows, baseline}) => [...guardrails, ...allows, ...baseline]);
	const terms = rules.flatMap(({from, to}) => [...from, ...to]);
	const ranges = terms
		.flatMap(({requirements}) => requirements)
		.flatMap(one => (one.kind === 'cidr' ? [...one.cidrs, ...one.except] : []))
		.filter(cidr => !cidr.endsWith('/0'))
		.map(parseCidr);
	return workloads.some(workload =>
		fixedAddresses(workload).some(address => ranges.some(range => covers(range, parseAddress(address)))),
	);
}

/** A name as files may have it: letters, digits, - and _, at most 63. */
export const plain = (name: string): string =>
	name
		.replace(/[^\p{L}\p{N}_-]+/gu, '-')
		.replace(/^-+/, '')
		.slice(0, 60) || 'unnamed';

/** Whether the label `env`, which native files give to whatever is in an environment, is what the workloads have. */
const envIsLabel = ({workloads}: Topology): boolean =>
	workloads.every(({labels, environment}) => (Object.hasOwn(labels, 'env') ? labels.env : null) === environment);

function protocolsByName({workloads}: Topology): ReadonlyMap<string, ReadonlySet<string>> {
	const found = new Map<string, Set<string>>();
	for (const {services} of workloads)
		for (const {name, protocol} of services) found.set(name, (found.get(name) ?? new Set()).add(protocol));
	return found;
}
