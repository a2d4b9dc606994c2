// What else a change does: a rule that is added or removed is seldom about one flow alone.
import {kindsOf, serves} from '../measure/kinds.ts';
import type {Flow} from '../model/flow.ts';
import type {Placement, Stack} from '../model/policy.ts';
import type {Dependency, Topology, Workload} from '../model/topology.ts';
import {createEvaluator} from '../policy/evaluate.ts';
import {endClasses} from '../reach/end-class.ts';
import {applyEdits, type Edit} from './edit.ts';
import type {Trial} from './trial.ts';

export interface SideEffects {
	/** Other pairs of kinds whose flow by the same port opens or closes; null where the policy tells too many apart to ask. */
	readonly opens: number | null;
	readonly closes: number | null;
	/** Other dependencies that are allowed now and would be denied: `web.prod -> api.prod:8080/tcp`, in the topology's order. */
	readonly breaks: readonly string[];
}

/** More pairs of classes, or dependencies, than this are not asked one by one. */
const mostPairs = 40_000;
const mostDependencies = 5000;

/** What edits do, by the first replica of each kind and the flow's family. Kinds that no rule tells apart are asked once. */
export function sideEffects(trial: Trial): (edits: readonly Edit[]) => SideEffects {
	const {world, flow, placement} = trial;
	const asked = neededBy(world.topology, flow);
	const needs = world.topology.dependencies
		.slice(0, mostDependencies)
		.filter(dependency => !dependency.dangling && dependency !== asked);
	const before = asker(world, placement, flow);
	const needed = needs.filter(({from, to, ...port}) => before.verdict(from, to, port) === 'allow');
	const own = [flow.source, flow.destination].map(({workload}) => kindName(world.topology, workload));
	return edits => {
		const after = asker(applyEdits(world, edits), placement, flow);
		const breaks = needed
			.filter(({from, to, ...port}) => after.verdict(from, to, port) === 'deny')
			.map(({from, to, port, protocol}) => `${from} -> ${to}:${port}/${protocol}`);
		const kinds = [...kindsOf(world.topology).all.keys()];
		const classes = [...Map.groupBy(kinds, kind => `${before.classOf(kind)} ${after.classOf(kind)}`).values()];
		if (classes.length ** 2 > mostPairs) return {opens: null, closes: null, breaks};
		let [opens, closes] = [0, 0];
		for (const from of classes)
			for (const to of classes) {
				const [source, destination] = [from[0]!, to[from === to ? 1 : 0]];
				if (destination === undefined) continue;
				const was = before.verdict(source, destination, flow);
				const is = was === null ? null : after.verdict(source, destination, flow);
				if (was === is || is === null) continue;
				const itself = own[0] !== own[1] && from.includes(own[0]!) && to.includes(own[1]!) ? 1 : 0;
				const pairs = from.length * (from === to ? to.length - 1 : to.length) - itself;
				if (is === 'allow') opens += pairs;
				else closes += pairs;
			}
		return {opens, closes, breaks};
	};
}

/** The dependency that the flow belongs to, or undefined. */
export function neededBy(topology: Topology, {source, destination, protocol, port}: Flow): Dependency | undefined {
	const from = kindName(topology, source.workload);
	const to = kindName(topology, destination.workload);
	const services = topology.workloads.find(({name}) => name === destination.workload)?.services ?? [];
	return topology.dependencies.find(
		need =>
			need.from === from &&
			need.to === to &&
			need.protocol === protocol &&
			(need.port === port || services.some(one => one.port === need.port && serves(one, protocol, port))),
	);
}

const kindName = ({workloads}: Topology, workload: string | null): string | null =>
	workloads.find(({name}) => name === workload)?.kind ?? null;

interface Asker {
	/** Null where the two share no family. */
	verdict(from: string, to: string, port: Pick<Flow, 'protocol' | 'port'>): 'allow' | 'deny' | null;
	/** Equal for kinds that are judged alike. */
	classOf(kind: string): number | undefined;
}

function asker(
	{topology, stack}: {readonly topology: Topology; readonly stack: Stack},
	placement: Placement,
	{family}: Flow,
): Asker {
	const first = new Map<string, Workload>();
	for (const workload of topology.workloads) if (!first.has(workload.kind)) first.set(workload.kind, workload);
	const known = {...topology, workloads: [...first.values()]};
	const evaluator = createEvaluator(known, stack);
	const classes = new Map(
		endClasses(known, stack, 'none').flatMap(({index, members}) => members.map(({kind}) => [kind, index] as const)),
	);
	const addressOf = (workload: Workload | undefined): string | undefined =>
		workload?.addresses.find(own => own.family === family)?.address;
	return {
		classOf: kind => classes.get(kind),
		verdict(from, to, {protocol, port}) {
			const [source, destination] = [first.get(from), first.get(to)];
			const [left, right] = [addressOf(source), addressOf(destination)];
			if (left === undefined || right === undefined) return null;
			const asked: Flow = {
				source: {workload: source!.name, address: left},
				destination: {workload: destination!.name, address: right},
				family,
				protocol,
				port,
			};
			return evaluator.verdict(asked, placement).action;
		},
	};
}
