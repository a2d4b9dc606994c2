// What else a change does: a rule that is added or removed is seldom about one flow alone.
import {kindsOf, serves} from '../measure/kinds.ts';
import type {Flow} from '../model/flow.ts';
import type {Placement, Stack} from '../model/policy.ts';
import type {Dependency, Topology, Workload} from '../model/topology.ts';
import {createEvaluator} from '../policy/evaluate.ts';
import {applyEdits, type Edit} from './edit.ts';
import type {Trial} from './trial.ts';

export interface SideEffects {
	/** Other pairs of kinds whose flow by the same port opens or closes; null where there are too many to ask. */
	readonly opens: number | null;
	readonly closes: number | null;
	/** Other dependencies that are allowed now and would be denied: `web.prod -> api.prod:8080/tcp`, in the topology's order. */
	readonly breaks: readonly string[];
}

/** More pairs of kinds, or dependencies, than this are not asked one by one. */
const mostPairs = 40_000;
const mostDependencies = 5000;

/** By the first replica of each kind and the flow's family. */
export function sideEffects(trial: Trial, edits: readonly Edit[]): SideEffects {
	const {world, flow} = trial;
	const before = asker(world, trial.placement, flow);
	const after = asker(applyEdits(world, edits), trial.placement, flow);
	const asked = neededBy(world.topology, flow);
	const breaks = world.topology.dependencies
		.slice(0, mostDependencies)
		.filter(dependency => !dependency.dangling && dependency !== asked)
		.filter(({from, to, ...port}) => before(from, to, port) === 'allow' && after(from, to, port) === 'deny')
		.map(({from, to, port, protocol}) => `${from} -> ${to}:${port}/${protocol}`);
	const kinds = [...kindsOf(world.topology).all.keys()];
	if (kinds.length ** 2 > mostPairs) return {opens: null, closes: null, breaks};
	const own = [flow.source, flow.destination].map(({workload}) => kindName(world.topology, workload));
	let [opens, closes] = [0, 0];
	for (const from of kinds)
		for (const to of kinds) {
			if (from === to || (from === own[0] && to === own[1])) continue;
			const was = before(from, to, flow);
			const is = was === null ? null : after(from, to, flow);
			if (was === 'deny' && is === 'allow') opens++;
			if (was === 'allow' && is === 'deny') closes++;
		}
	return {opens, closes, breaks};
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

type Asker = (from: string, to: string, port: Pick<Flow, 'protocol' | 'port'>) => 'allow' | 'deny' | null;

/** Null where the two share no family. */
function asker(
	{topology, stack}: {readonly topology: Topology; readonly stack: Stack},
	placement: Placement,
	{family}: Flow,
): Asker {
	const first = new Map<string, Workload>();
	for (const workload of topology.workloads) if (!first.has(workload.kind)) first.set(workload.kind, workload);
	const evaluator = createEvaluator({...topology, workloads: [...first.values()]}, stack);
	const addressOf = (workload: Workload | undefined): string | undefined =>
		workload?.addresses.find(own => own.family === family)?.address;
	return (from, to, {protocol, port}) => {
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
	};
}
