// Changes in the order of reading: together where the same rules are responsible, the most dangerous first.
import type {FlowChange} from '../../core/reach/changes.ts';
import type {SharedClass} from '../../core/reach/changes-classes.ts';
import {addPairs, type Pairs, pairsOf} from '../../core/reach/changes-pairs.ts';
import type {Difference} from './difference.ts';
import {type Parties, partiesOf} from './parties.ts';

/** Sources and destinations with one set of ports: a line. */
export interface ChangeRow extends Pick<FlowChange, 'ports' | 'family'> {
	/** Numbers of classes. */
	readonly sources: readonly number[];
	readonly destinations: readonly number[];
	/** Names of the kinds among the destinations that are crown jewels. */
	readonly jewels: readonly string[];
	readonly crosses: boolean;
	/** An end is no workload of ours: an outside host, or an address. */
	readonly beyond: boolean;
	readonly pairs: Pairs;
	readonly rank: number;
}

export interface ChangeGroup extends Pick<FlowChange, 'kind' | 'because' | 'ends'> {
	/** By rank, then the largest first. */
	readonly rows: readonly ChangeRow[];
	readonly rank: number;
	readonly pairs: Pairs;
}

export interface Groups {
	/** What opens, then what closes. */
	readonly all: readonly ChangeGroup[];
	readonly parties: Parties;
}

export function groupsOf({changes: {classes, flows}, sides}: Difference): Groups {
	const parties = partiesOf(classes, [sides.before.topology, sides.after.topology]);
	const facts = classes.map(factsOf);
	const rules = Map.groupBy(flows, responsible);
	const all = [...rules.values()].map((changes): ChangeGroup => {
		const rows = changes.flatMap(change => rowsOf(change, classes, facts)).sort(compareRows);
		const pairs = rows.map(row => row.pairs).reduce(addPairs);
		const {kind, because, ends} = changes[0]!;
		return {kind, because, ends, rows, rank: rows[0]!.rank, pairs};
	});
	return {all: all.sort(compareGroups), parties};
}

const responsible = ({kind, because, ends}: FlowChange): string =>
	`${kind} ${because} ${ends.map(({direction, was, now}) => `${direction} ${was?.id} ${now?.id}`).join()}`;

interface Facts {
	readonly zones: ReadonlySet<string>;
	readonly jewels: readonly string[];
	readonly beyond: boolean;
}

const factsOf = ({members, beyond}: SharedClass): Facts => ({
	zones: new Set(members.flatMap(({environment}) => environment ?? [])),
	jewels: [...new Set(members.filter(({jewel}) => jewel).map(({kind}) => kind))],
	beyond: beyond !== null || members.every(({outside}) => outside),
});

function rowsOf(
	{kind, ports, family, between}: FlowChange,
	classes: readonly SharedClass[],
	facts: readonly Facts[],
): readonly ChangeRow[] {
	return between.map(block => {
		const [from, to] = [block.sources.map(at => facts[at]!), block.destinations.map(at => facts[at]!)];
		const zones = (ends: readonly Facts[]) => new Set(ends.flatMap(one => [...one.zones]));
		const [left, right] = [zones(from), zones(to)];
		const crosses = left.size > 0 && right.size > 0 && new Set([...left, ...right]).size > 1;
		const jewels = [...new Set(to.flatMap(one => one.jewels))].sort();
		const beyond = [from, to].some(ends => ends.some(one => one.beyond));
		return {
			ports,
			family,
			...block,
			jewels,
			crosses,
			beyond,
			pairs: pairsOf(block.sources, block.destinations, classes),
			rank: (kind === 'opened' ? 0 : 10) + (jewels.length > 0 ? 0 : crosses ? 1 : beyond ? 2 : 3),
		};
	});
}

const compareRows = (a: ChangeRow, b: ChangeRow): number =>
	a.rank - b.rank || b.pairs.workloads - a.pairs.workloads || b.pairs.beyond - a.pairs.beyond;

/** What is new or gone is told after what the policy changes. */
const compareGroups = (a: ChangeGroup, b: ChangeGroup): number =>
	Number(a.because === 'workloads') - Number(b.because === 'workloads') || a.rank - b.rank || compareRowsOf(a, b);

const compareRowsOf = (a: ChangeGroup, b: ChangeGroup): number => b.pairs.workloads - a.pairs.workloads;
