// The verdict of a stack on a flow: what every enforcer is measured against. Source: LANGUAGE "Meaning".
import type {Endpoint, Flow} from '../model/flow.ts';
import type {Direction, EndVerdict, Placement, Stack, Verdict} from '../model/policy.ts';
import type {Topology} from '../model/topology.ts';
import {endProgram} from './end-program.ts';
import {type Judge, judgeOf, judgeTables} from './judge.ts';
import type {IndexedEnd} from './peer-table.ts';
import {isJudged} from './placement.ts';
import {noneVerdict} from './rule-ref.ts';
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
}

const alwaysAllowed: EndVerdicts = {inForce: noneVerdict, asIf: noneVerdict};

/** Ready to judge flows of `topology` under `stack`; what it learns about selectors it keeps. */
export function createEvaluator(topology: Topology, stack: Stack): Evaluator {
	const lookUp = endLookUp(topology);
	const judges = judgesOf(topology, stack);

	function ends(flow: Flow, placement: Placement): BothEnds {
		const source = lookUp(flow.source);
		const destination = lookUp(flow.destination);
		const toItself = source.workload !== null && source.workload === destination.workload;
		const side = (direction: Direction, end: IndexedEnd, peer: IndexedEnd): EndVerdicts | null => {
			if (!isJudged(placement, end, peer)) return null;
			if (toItself) return alwaysAllowed;
			const {inForce, asIf} = judges(direction, end);
			const question = {flow, source, destination, peer};
			const verdict = inForce(question);
			return {inForce: verdict, asIf: asIf === inForce ? verdict : asIf(question)};
		};
		return {egress: side('egress', source, destination), ingress: side('ingress', destination, source)};
	}

	return {
		ends,
		verdict(flow, placement) {
			const {egress, ingress} = ends(flow, placement);
			const sent = egress?.inForce ?? null;
			const received = ingress?.inForce ?? null;
			const inForce = decide(sent, received);
			const alike = sent === (egress?.asIf ?? null) && received === (ingress?.asIf ?? null);
			return {
				action: inForce.action,
				rule: inForce.rule,
				direction: inForce.direction,
				egress: sent,
				ingress: received,
				asIf: alike ? inForce : decide(egress?.asIf ?? null, ingress?.asIf ?? null),
			};
		},
	};
}

/** The first end that denies; else the destination's allow, or the source's where nobody judges the destination. */
function decide(egress: EndVerdict | null, ingress: EndVerdict | null): Verdict['asIf'] {
	if (egress !== null && (egress.action === 'deny' || ingress === null))
		return {action: egress.action, rule: egress.rule, direction: 'egress'};
	const {action, rule} = ingress ?? noneVerdict;
	return {action, rule, direction: 'ingress'};
}

function endLookUp({workloads}: Topology): (endpoint: Endpoint) => IndexedEnd {
	const byName = new Map(workloads.map((workload, index) => [workload.name, {workload, index}]));
	return ({workload: name, address}) => {
		if (name === null) return {workload: null, index: -1, address};
		const found = byName.get(name);
		if (found === undefined) throw new Error(`a flow names ${name}, which is not in the topology`);
		return {workload: found.workload, index: found.index, address};
	};
}

/** The two judges of an end, made when first asked for; they are one where nothing observes. */
function judgesOf(topology: Topology, stack: Stack): (direction: Direction, end: IndexedEnd) => JudgePair {
	const tables = judgeTables(topology);
	const made = {egress: perAddress(topology), ingress: perAddress(topology)};
	const observes = mayObserve(stack);
	return (direction, end) => {
		const ofWorkload = made[direction][end.index]!;
		const known = ofWorkload.get(end.address);
		if (known !== undefined) return known;
		const judge = (kind: StackKind): Judge =>
			judgeOf(endProgram(kind, {stack, direction, end, networks: tables.networks}), tables);
		const inForce = judge('in-force');
		const pair = {inForce, asIf: observes ? judge('as-if') : inForce};
		ofWorkload.set(end.address, pair);
		return pair;
	};
}

const perAddress = ({workloads}: Topology): readonly Map<string, JudgePair>[] => workloads.map(() => new Map());

/** False where the two stacks are surely one. */
const mayObserve = (stack: Stack): boolean =>
	stack.some(
		policy =>
			policy.mode === 'observe' ||
			!isEverything(policy) ||
			[...policy.guardrails, ...policy.rules, ...policy.baseline].some(({mode}) => mode === 'observe'),
	);

interface JudgePair {
	readonly inForce: Judge;
	readonly asIf: Judge;
}

/** Whether `enforce` is `{}`: enforced wherever the policy speaks. */
const isEverything = ({enforce}: Stack[number]): boolean =>
	enforce.some(({reach, requirements}) => reach !== 'outside' && requirements.length === 0);
