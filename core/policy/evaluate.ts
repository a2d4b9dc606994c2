// The verdict of a stack on a flow: what every enforcer is measured against. Source: LANGUAGE "Meaning".
import type {Endpoint, Flow} from '../model/flow.ts';
import type {Direction, EndVerdict, Placement, Stack, Verdict} from '../model/policy.ts';
import type {Topology} from '../model/topology.ts';
import type {EndTable} from './end-table.ts';
import {judgeOf} from './judge.ts';
import {isJudged, type Stand, standsOf} from './placement.ts';
import {noneVerdict} from './rule-ref.ts';
import {ruleTable} from './rule-table.ts';
import type {StackKind} from './stacks.ts';

/** What one end says in the stack in force, and in the one with what only observes. */
export interface EndVerdicts {
	readonly inForce: EndVerdict;
	readonly asIf: EndVerdict;
}

/** Null: not judged at this placement. */
export type BothEnds = Readonly<Record<Direction, EndVerdicts | null>>;

export interface Evaluator {
	/**
	 * The verdict on a new connection. A workload's flow to itself is allowed by `none`.
	 *
	 * @throws Error where the flow names a workload that is not in the topology
	 */
	verdict(flow: Flow, placement: Placement): Verdict;
	/** What each end says for itself, whatever the other one does. */
	ends(flow: Flow, placement: Placement): BothEnds;
	/** What the flow's first packet meets, in its order. */
	stands(flow: Flow, placement: Placement): readonly Stand[];
}

/** Ready to judge flows of `topology` under `stack`. */
export function createEvaluator(topology: Topology, stack: Stack): Evaluator {
	const rules = ruleTable(topology, stack);
	const {ends: known} = rules.table;
	const judge = judgeOf(rules);
	const observes = mayObserve(stack);
	const endOf = endLookUp(topology, rules.table);
	const elsewhere = new Map<string, Evaluator>();

	/** What an end of one stack and direction says; null where it is not judged. */
	const speaker = (kind: StackKind, direction: Direction) => {
		const programs = rules.programs(kind, direction);
		return (flow: Flow, placement: Placement, source: number, destination: number): EndVerdict | null => {
			const own = direction === 'egress' ? source : destination;
			if (!isJudged(placement, known[own]!, known[direction === 'egress' ? destination : source]!)) return null;
			if (flow.source.workload !== null && flow.source.workload === flow.destination.workload) return noneVerdict;
			return judge(programs(own), source, destination, flow);
		};
	};
	const sent = {inForce: speaker('in-force', 'egress'), asIf: speaker('as-if', 'egress')};
	const received = {inForce: speaker('in-force', 'ingress'), asIf: speaker('as-if', 'ingress')};
	/** Where a flow says that a workload has an address that the topology does not give it. */
	const strange = (endpoint: Endpoint): Evaluator => {
		const key = `${endpoint.workload} ${endpoint.address}`;
		const evaluator = elsewhere.get(key) ?? createEvaluator(readdressed(topology, endpoint), stack);
		elsewhere.set(key, evaluator);
		return evaluator;
	};

	return {
		ends(flow, placement) {
			const source = endOf(flow.source);
			if (source === -1) return strange(flow.source).ends(flow, placement);
			const destination = endOf(flow.destination);
			if (destination === -1) return strange(flow.destination).ends(flow, placement);
			const side = ({inForce, asIf}: typeof sent): EndVerdicts | null => {
				const said = inForce(flow, placement, source, destination);
				if (said === null) return null;
				return {inForce: said, asIf: observes ? asIf(flow, placement, source, destination)! : said};
			};
			return {egress: side(sent), ingress: side(received)};
		},
		stands(flow, placement) {
			const source = endOf(flow.source);
			if (source === -1) return strange(flow.source).stands(flow, placement);
			const destination = endOf(flow.destination);
			if (destination === -1) return strange(flow.destination).stands(flow, placement);
			return standsOf(placement, known[source]!, known[destination]!);
		},
		verdict(flow, placement) {
			const source = endOf(flow.source);
			if (source === -1) return strange(flow.source).verdict(flow, placement);
			const destination = endOf(flow.destination);
			if (destination === -1) return strange(flow.destination).verdict(flow, placement);
			const egress = sent.inForce(flow, placement, source, destination);
			const ingress = received.inForce(flow, placement, source, destination);
			const inForce = decide(egress, ingress);
			const {action, rule, direction} = inForce;
			const asIf = observes
				? decide(sent.asIf(flow, placement, source, destination), received.asIf(flow, placement, source, destination))
				: inForce;
			return {action, rule, direction, egress, ingress, asIf};
		},
	};
}

/** The first end that denies; else the destination's allow, or the source's where nobody judges the destination. */
export function decide(egress: EndVerdict | null, ingress: EndVerdict | null): Verdict['asIf'] {
	if (egress !== null && (egress.action === 'deny' || ingress === null))
		return {action: egress.action, rule: egress.rule, direction: 'egress'};
	const {action, rule} = ingress ?? noneVerdict;
	return {action, rule, direction: 'ingress'};
}

/** The number of an endpoint's end; -1 for a workload at an address that is not its own. */
function endLookUp(topology: Topology, {profiles, beyond}: EndTable): (endpoint: Endpoint) => number {
	const byAddress = new Map<string, {readonly name: string; readonly end: number}>();
	const shared = new Map<string, number>();
	for (const {members, firstEnd} of profiles)
		for (const {name, addresses} of members)
			for (const [at, {address}] of addresses.entries())
				if (byAddress.has(address)) shared.set(`${name} ${address}`, firstEnd + at);
				else byAddress.set(address, {name, end: firstEnd + at});
	return ({workload, address}) => {
		if (workload === null) return beyond(address);
		const found = byAddress.get(address);
		if (found?.name === workload) return found.end;
		const second = shared.get(`${workload} ${address}`);
		if (second !== undefined) return second;
		if (!topology.workloads.some(({name}) => name === workload))
			throw new Error(`a flow names ${workload}, which is not in the topology`);
		return -1;
	};
}

/** The topology with that address in place of those that the workload has. */
const readdressed = (topology: Topology, {workload, address}: Endpoint): Topology => ({
	...topology,
	workloads: topology.workloads.map(one =>
		one.name === workload
			? {...one, addresses: [{family: address.includes(':') ? 6 : 4, address, segment: null}]}
			: one,
	),
});

/** False where the two stacks are surely one. */
const mayObserve = (stack: Stack): boolean =>
	stack.some(
		policy =>
			policy.mode === 'observe' ||
			!isEverything(policy) ||
			[...policy.guardrails, ...policy.rules, ...policy.baseline].some(({mode}) => mode === 'observe'),
	);

/** Whether `enforce` is `{}`: enforced wherever the policy speaks. */
const isEverything = ({enforce}: Stack[number]): boolean =>
	enforce.some(({reach, requirements}) => reach !== 'outside' && requirements.length === 0);
