// What a node is after inheritance. Source: containerlab, types/topology.go (GetNodeKind, GetNodeGroup, GetNodeEnv …).
import type {ClabFile, NodeDefinition} from './clab-file.ts';

export interface ResolvedNode {
	/** Empty where nobody says it. */
	readonly kind: string;
	readonly group: string | null;
	readonly image: string | null;
	readonly cmd: string | null;
	readonly entrypoint: string | null;
	/** Those of all levels, the defaults' first. */
	readonly exec: readonly string[];
	/** Of several with one destination, the most specific. */
	readonly binds: readonly string[];
	/** Those of the most specific level that has some. */
	readonly ports: readonly (string | number)[];
	/** The level that the ports are of, as a path in the file. */
	readonly portsAt: readonly string[];
	readonly env: Readonly<Record<string, string>>;
	readonly labels: Readonly<Record<string, string>>;
	readonly networkMode: string | null;
	readonly aliases: readonly string[];
	/** A node's own, never inherited. */
	readonly mgmtIpv4: string | null;
}

type Level = readonly [path: readonly string[], definition: NodeDefinition];

/** Node before group before kind before defaults; maps are merged, commands joined. */
export function resolveNode({topology}: ClabFile, name: string): ResolvedNode {
	const node = topology.nodes[name] ?? {};
	const defaults = topology.defaults ?? {};
	const groupAt = (group: string | null | undefined): NodeDefinition =>
		group == null ? {} : (topology.groups?.[group] ?? {});
	const kind = node.kind || groupAt(node.group).kind || groupAt(defaults.group).kind || defaults.kind || '';
	const ofKind = topology.kinds?.[kind] ?? {};
	const group = node.group || ofKind.group || defaults.group || null;
	const levels: readonly Level[] = [
		[['topology', 'defaults'], defaults],
		[['topology', 'kinds', kind], ofKind],
		[['topology', 'groups', group ?? ''], groupAt(group)],
		[['topology', 'nodes', name], node],
	];
	const definitions = levels.map(([, definition]) => definition);
	const last = <T>(read: (one: NodeDefinition) => T | null | undefined): T | null =>
		definitions.map(read).findLast(one => one != null && one !== '') ?? null;
	const merged = (key: 'env' | 'labels'): Readonly<Record<string, string>> =>
		Object.fromEntries(
			definitions.flatMap(one => Object.entries(one[key] ?? {}).map(([label, value]) => [label, String(value ?? '')])),
		);
	const ports = levels.findLast(([, one]) => (one.ports ?? []).length > 0);
	return {
		kind,
		group,
		image: last(one => one.image),
		cmd: last(one => one.cmd),
		entrypoint: last(one => one.entrypoint),
		exec: definitions.flatMap(one => one.exec ?? []),
		binds: [...new Map(definitions.flatMap(one => one.binds ?? []).map(bind => [bind.split(':')[1], bind])).values()],
		ports: ports?.[1].ports ?? [],
		portsAt: ports?.[0] ?? [],
		env: merged('env'),
		labels: merged('labels'),
		aliases: last(one => one.aliases) ?? [],
		networkMode: last(one => one['network-mode']),
		mgmtIpv4: node['mgmt-ipv4'] ?? node.mgmt_ipv4 ?? null,
	};
}
