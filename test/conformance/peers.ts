// Workloads under the names that a list of connections has for them.
import type {Topology, Workload} from '../../core/model/topology.ts';

export type Peers = ReadonlyMap<string, readonly Workload[]>;

/**
 * Every workload under `ns/pod[Pod]` where the names have it so, else under its owner, `ns/owner[Deployment]`, so that
 * replicas come together. An owner whose kind the manifest does not say goes by whatever kind it is given.
 */
export function peersByName(topology: Topology, names: readonly string[]): Peers {
	const written = new Set(names);
	const byKindless = Map.groupBy(written, name => name.replace(/\[\w+\]$/, ''));
	return Map.groupBy(topology.workloads, ({name, namespace, base, objectKind}) => {
		const own = name.endsWith(`.${namespace}`) ? name.slice(0, -1 - namespace!.length) : name;
		const [asPod, owned] = [`${namespace}/${own}[Pod]`, `${namespace}/${base}[${objectKind}]`];
		if (written.has(asPod)) return asPod;
		const [other, ...more] = byKindless.get(`${namespace}/${base}`) ?? [];
		return !written.has(owned) && objectKind === 'Owner' && more.length === 0 ? (other ?? owned) : owned;
	});
}

/** The workloads of a name. @throws Error where there is none, which is a difference too */
export function peersNamed(peers: Peers, name: string): readonly Workload[] {
	const found = peers.get(name);
	if (found === undefined) throw new Error(`no workload is ${name}; there are ${[...peers.keys()].join(', ')}`);
	return found;
}
