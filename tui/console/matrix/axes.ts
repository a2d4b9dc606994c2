// Who stands at the rows and columns of the matrix: kinds by environment, or where there are too many to walk, kinds that
// no rule tells apart as one.
import {type Kind, kindsOf, portText} from '../../../core/measure/kinds.ts';
import type {Topology, Workload} from '../../../core/model/topology.ts';

/** One row or column. */
export interface Entry {
	/** Without what its section says already: `web` in section `prod`; `web +3` where it stands for four kinds. */
	readonly name: string;
	/** As it stands alone: `web.prod`. */
	readonly fullName: string;
	/** Its environment, `outside`, or empty. */
	readonly section: string;
	/** Never empty; the first stands for all. */
	readonly kinds: readonly Kind[];
}

export interface Axes {
	/** Sources. */
	readonly rows: readonly Entry[];
	/** Destinations: those that have a service. */
	readonly columns: readonly Entry[];
	/** True where entries may stand for several kinds. */
	readonly folded: boolean;
}

/** So many kinds are walked one by one. */
export const mostWalked = 64;

/** @param classOf - the number of the class of a workload that rules tell apart from the others; asked where there are many */
export function axesOf(topology: Topology, classOf: (workload: Workload) => number): Axes {
	const kinds = [...kindsOf(topology).all.values()];
	const folded = kinds.length > mostWalked;
	const groups = folded
		? [...Map.groupBy(kinds, kind => likeness(kind, classOf)).values()]
		: kinds.map(kind => [kind] as const);
	const rank = (section: string): number => {
		const at = topology.environments.indexOf(section);
		return section === outside ? Number.MAX_SAFE_INTEGER : at === -1 ? topology.environments.length : at;
	};
	const rows = groups
		.map(entryOf)
		.sort((a, b) => rank(a.section) - rank(b.section) || (a.fullName < b.fullName ? -1 : 1));
	return {rows, columns: rows.filter(({kinds: [kind]}) => kind!.services.length > 0), folded};
}

const outside = 'outside';

function entryOf(kinds: readonly Kind[]): Entry {
	const [first] = kinds;
	const more = kinds.length > 1 ? ` +${kinds.length - 1}` : '';
	const section = first!.outside ? outside : (first!.environment ?? '');
	return {name: first!.workloads[0]!.base + more, fullName: first!.name + more, section, kinds};
}

/** Equal for kinds of which one may stand for the others. */
const likeness = (kind: Kind, classOf: (workload: Workload) => number): string =>
	JSON.stringify([
		kind.environment,
		kind.outside,
		kind.jewel,
		kind.services.map(service => `${service.name} ${portText(service)}`),
		[...new Set(kind.workloads.map(classOf))].sort((a, b) => a - b),
		kind.workloads.length > 1,
	]);
