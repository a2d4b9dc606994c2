// What the model expects of each cell under a policy: worked out when a cell is first looked at, and kept.
import {sourceAddress} from '../../../core/attack/source-address.ts';
import {type Kind, serves} from '../../../core/measure/kinds.ts';
import type {Flow} from '../../../core/model/flow.ts';
import type {Placement, Stack, Verdict} from '../../../core/model/policy.ts';
import type {Dependency, Service, Topology, Workload} from '../../../core/model/topology.ts';
import {createEvaluator} from '../../../core/policy/evaluate.ts';
import {endClasses} from '../../../core/reach/end-class.ts';
import {type Axes, axesOf, type Entry} from './axes.ts';

/** How many of the flows between replicas are allowed. */
export type Share = 'none' | 'some' | 'all';

export interface ExpectedService {
	readonly service: Service;
	readonly share: Share;
	/** The dependency that needs it. */
	readonly need: Dependency | null;
}

export interface Expected {
	readonly axes: Axes;
	/** Numbers of entries by kind. */
	readonly rowOf: ReadonlyMap<string, number>;
	readonly columnOf: ReadonlyMap<string, number>;
	/** By the numbers of row and column; null where source and destination are no pair. */
	cell(row: number, column: number): readonly ExpectedService[] | null;
	/** One verdict of each rule that decides the service there, denials first. */
	verdicts(row: number, column: number, service: Service): readonly Verdict[];
}

const known = new WeakMap<Stack, WeakMap<Topology, Map<Placement, Expected>>>();

/** Kept by topology, policy and placement. */
export function expectedOf(topology: Topology, stack: Stack, placement: Placement): Expected {
	let byTopology = known.get(stack);
	if (byTopology === undefined) known.set(stack, (byTopology = new WeakMap()));
	let byPlacement = byTopology.get(topology);
	if (byPlacement === undefined) byTopology.set(topology, (byPlacement = new Map()));
	let expected = byPlacement.get(placement);
	if (expected === undefined) byPlacement.set(placement, (expected = expect(topology, stack, placement)));
	return expected;
}

function expect(topology: Topology, stack: Stack, placement: Placement): Expected {
	const classes = new Map(
		endClasses(topology, stack, 'none').flatMap(({index, members}) => members.map(one => [one, index] as const)),
	);
	const axes = axesOf(topology, workload => classes.get(workload)!);
	const samples = sampler(classes);
	const [rowOf, columnOf] = [numbersOf(axes.rows), numbersOf(axes.columns)];
	const keyOf = (row: number, column: number): number => row * axes.columns.length + column;
	// An evaluator prepares for everybody it knows: only those who stand for others are asked about.
	const asked = new Set(axes.rows.flatMap(({kinds}) => kinds.slice(0, 2).flatMap(samples)));
	const workloads = topology.workloads.filter(one => asked.has(one));
	const evaluator = createEvaluator({...topology, workloads}, stack);
	const needs = Map.groupBy(
		topology.dependencies.filter(({from, to, dangling}) => !dangling && rowOf.has(from) && columnOf.has(to)),
		({from, to}) => keyOf(rowOf.get(from)!, columnOf.get(to)!),
	);
	const cells = new Map<number, readonly ExpectedService[] | null>();

	const verdictsOf = (row: Entry, column: Entry, service: Service): Verdict[] => {
		const [from, to] = pairOf(row, column);
		return flowsOf(topology, samples(from), samples(to), service).map(flow => evaluator.verdict(flow, placement));
	};
	const servicesOf = (row: number, column: number): readonly ExpectedService[] | null => {
		const [source, destination] = [axes.rows[row]!, axes.columns[column]!];
		const [from, to] = pairOf(source, destination);
		if (from.outside && to.outside) return null;
		const needed = needs.get(keyOf(row, column)) ?? [];
		const found = to.services.flatMap(service => {
			const verdicts = verdictsOf(source, destination, service);
			const allowed = verdicts.filter(({action}) => action === 'allow').length;
			if (verdicts.length === 0) return [];
			const share: Share = allowed === 0 ? 'none' : allowed === verdicts.length ? 'all' : 'some';
			const need = needed.find(({protocol, port}) => serves(service, protocol, port)) ?? null;
			return [{service, share, need}];
		});
		return found.length === 0 ? null : found;
	};
	return {
		axes,
		rowOf,
		columnOf,
		cell(row, column) {
			const key = keyOf(row, column);
			let cell = cells.get(key);
			if (cell === undefined) cells.set(key, (cell = servicesOf(row, column)));
			return cell;
		},
		verdicts(row, column, service) {
			const all = verdictsOf(axes.rows[row]!, axes.columns[column]!, service);
			const byRule = new Map(all.map(verdict => [`${verdict.action} ${verdict.rule.id}`, verdict]));
			return [...byRule.values()].sort((a, b) => Number(a.action === 'allow') - Number(b.action === 'allow'));
		},
	};
}

const numbersOf = (entries: readonly Entry[]): ReadonlyMap<string, number> =>
	new Map(entries.flatMap(({kinds}, at) => kinds.map(({name}) => [name, at] as const)));

/** The kinds that stand for two entries: two different ones of an entry that stands for several. */
function pairOf({kinds: from}: Entry, {kinds: to}: Entry): readonly [from: Kind, to: Kind] {
	const other = from[0] === to[0] && to.length > 1 ? to[1]! : to[0]!;
	return [from[0]!, other];
}

/** One workload of each class of a kind, and a second one where there is. */
type Samples = (kind: Kind) => readonly Workload[];

function sampler(classes: ReadonlyMap<Workload, number>): Samples {
	const made = new Map<Kind, readonly Workload[]>();
	return kind => {
		let found = made.get(kind);
		if (found === undefined) {
			const alike = Map.groupBy(kind.workloads, one => classes.get(one)!);
			made.set(kind, (found = [...alike.values()].flatMap(some => some.slice(0, 2))));
		}
		return found;
	};
}

/** The first packets of attempts at a service, from each sample to each other one. */
function flowsOf(
	{segments}: Topology,
	sources: readonly Workload[],
	destinations: readonly Workload[],
	{protocol, port, lastPort}: Service,
): readonly Flow[] {
	const ports = port === lastPort ? [port] : [port, lastPort];
	return destinations.flatMap(destination => {
		if (!destination.services.some(one => serves(one, protocol, port))) return [];
		return sources
			.filter(source => source !== destination)
			.flatMap(source =>
				destination.addresses.flatMap(({family, address}) => {
					const own = sourceAddress(source, segments, address);
					if (own === undefined) return [];
					return ports.map(one => ({
						source: {workload: source.name, address: own.address},
						destination: {workload: destination.name, address},
						family,
						protocol,
						port: one,
					}));
				}),
			);
	});
}
