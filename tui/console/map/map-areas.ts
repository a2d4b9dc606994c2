// What the map has to show, before anything has a place: areas with their kinds, and kinds folded into groups.
import type {Topology, Workload} from '../../../core/model/topology.ts';

/** A row of the map: a kind with its replicas, or several kinds folded. */
export interface Item {
	/** The kind's name; of a group what no kind is called, since it holds a blank. */
	readonly id: string;
	/** As a person reads it beside its environment. */
	readonly name: string;
	/** Null where several kinds are folded. */
	readonly kind: string | null;
	readonly workloads: readonly Workload[];
}

export interface MapArea {
	/** The environment; of the others what no environment is called, since it holds a blank. */
	readonly id: string;
	readonly title: string;
	/** In the order of the files. */
	readonly kinds: readonly Item[];
	/** The same workloads in fewer rows: by tier, application, network or namespace. One row where nothing tells them apart. */
	readonly groups: readonly Item[];
}

const known = new WeakMap<Topology, readonly MapArea[]>();

/** Environments in their order, then what is in none: by namespace, the rest, and last what is outside. */
export function mapAreas(topology: Topology): readonly MapArea[] {
	let areas = known.get(topology);
	if (areas === undefined) {
		const members = Map.groupBy(topology.workloads, areaOf);
		const order = [
			...topology.environments,
			...[...members.keys()].filter(id => !topology.environments.includes(id)).sort(compareIds),
		];
		areas = order.flatMap(id => {
			const some = members.get(id);
			return some === undefined ? [] : [mapArea(id, some)];
		});
		known.set(topology, areas);
	}
	return areas;
}

const outside = 'what is outside';
const nowhere = 'in no environment';

/** The id of the area that a workload lies in. */
export function areaOf({environment, outside: isOutside, namespace}: Workload): string {
	if (environment !== null) return environment;
	if (isOutside) return outside;
	return namespace === null ? nowhere : `namespace ${namespace}`;
}

const rank = (id: string): number => (id === outside ? 2 : id === nowhere ? 1 : 0);
const compareIds = (a: string, b: string): number => rank(a) - rank(b) || compare(a, b);
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function mapArea(id: string, members: readonly Workload[]): MapArea {
	const title = id === outside ? 'outside' : id.replace(/^namespace /, '');
	const kinds = [...Map.groupBy(members, ({kind}) => kind)]
		.sort(([, [a]], [, [b]]) => inFile(a!, b!))
		.map(([kind, workloads]): Item => ({id: kind, name: workloads[0]!.base, kind, workloads}));
	return {id, title, kinds, groups: groupsOf(id, kinds)};
}

const inFile = (a: Workload, b: Workload): number =>
	compare(a.where.file, b.where.file) || a.where.line - b.where.line || compare(a.kind, b.kind);

/** By the first thing that makes at least two groups, and half as many as there are kinds at most. */
function groupsOf(area: string, kinds: readonly Item[]): readonly Item[] {
	for (const wordOf of groupings) {
		const groups = Map.groupBy(kinds, ({workloads}) => wordOf(workloads[0]!) ?? 'others');
		if (groups.size < 2 || groups.size > Math.min(40, kinds.length / 2)) continue;
		return [...groups].map(([name, some]) => group(area, name, some));
	}
	return [group(area, `${kinds.length} kinds`, kinds)];
}

const groupings: readonly ((workload: Workload) => string | undefined)[] = [
	({labels}) => labels.tier,
	({labels}) => labels.app,
	({labels}) => labels['app.kubernetes.io/part-of'],
	({segments}) => segments[0],
	({namespace}) => namespace ?? undefined,
];

/** Several kinds in one row. */
export const group = (area: string, name: string, kinds: readonly Item[]): Item => ({
	id: `${area} ${name}`,
	name,
	kind: kinds.length === 1 ? kinds[0]!.kind : null,
	workloads: kinds.flatMap(({workloads}) => workloads),
});
