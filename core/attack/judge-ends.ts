// Verdicts where an end is not what a policy takes it for: its own root took its rules away, its connection is older than
// the rules, or the address that it sends from is another's.
import type {Evidence, KernelLog} from '../contracts/evidence.ts';
import type {Flow} from '../model/flow.ts';
import type {Direction, Placement, RuleRef, Stack, Verdict} from '../model/policy.ts';
import type {Topology, Workload} from '../model/topology.ts';
import type {Evaluator} from '../policy/evaluate.ts';
import {expectedLogs} from '../policy/expected-logs.ts';
import {farPlace, type Stand} from '../policy/placement.ts';
import {noneVerdict, spoofedRef} from '../policy/rule-ref.ts';
import {networksOf} from '../policy/selector.ts';
import {policiesAt} from '../policy/stacks.ts';
import {type FarEnd, outcomeOf, verdictWitness} from './verdict-evidence.ts';

export interface JudgeInput {
	readonly topology: Topology;
	readonly stack: Stack;
	readonly evaluator: Evaluator;
	readonly placement: Placement;
}

export interface Judged {
	readonly verdict: Pick<Verdict, 'action' | 'rule'>;
	readonly evidence: Evidence;
}

export interface EndsJudge {
	/** Workloads whose own root took their rules away. At `host` nothing judges and nothing logs there any more. */
	readonly tampered: Set<string>;
	/** @param established - the connection was there before the rules */
	judge(flow: Flow, farEnd: FarEnd, established: boolean): Judged;
	/**
	 * A packet of `sender` whose source is the flow's. Undefined where the sender's own rules look at the source address, so
	 * that what they say of a foreign one is not known here.
	 */
	spoofed(flow: Flow, sender: Workload): Judged | undefined;
}

export function endsJudge({topology, stack, evaluator, placement}: JudgeInput): EndsJudge {
	const tampered = new Set<string>();
	const witness = verdictWitness(evaluator, placement);
	const isCut = cutsEstablished(topology, stack);
	const isLeft = (flow: Flow, established: boolean): ((stand: Stand) => boolean) => {
		return ({place, direction, judges}) => {
			const {workload} = direction === 'egress' ? flow.source : flow.destination;
			if (place === 'host' && tampered.has(workload ?? '')) return false;
			return !established || (judges && isCut(workload));
		};
	};
	const said = (flow: Flow, farEnd: FarEnd, stands: readonly Stand[], before: readonly KernelLog[] = []): Judged => {
		const ends = evaluator.ends(flow, placement);
		const judging = stands.flatMap(({judges, direction}) => {
			const end = judges ? ends[direction] : null;
			return end === null ? [] : [{direction, ...end.inForce}];
		});
		const verdict = judging.find(({action}) => action === 'deny') ??
			judging.at(-1) ?? {direction: 'ingress' as const, ...noneVerdict};
		const logs = [...before, ...expectedLogs(ends, stands)];
		const arrival = verdict.action === 'allow' && farEnd !== 'nobody' ? farEnd : 'none';
		return {verdict, evidence: {flow, arrival, logs, outcome: outcomeOf(verdict, farEnd), micros: 0}};
	};

	return {
		tampered,
		judge(flow, farEnd, established) {
			const isTampered = tampered.has(flow.source.workload ?? '') || tampered.has(flow.destination.workload ?? '');
			if (established || isTampered)
				return said(flow, farEnd, evaluator.stands(flow, placement).filter(isLeft(flow, established)));
			const verdict = evaluator.verdict(flow, placement);
			return {verdict, evidence: witness(flow, verdict, farEnd)};
		},
		spoofed(flow, sender) {
			const own = sender.addresses
				.filter(({family}) => family === flow.family)
				.map(({address}): Flow => ({...flow, source: {workload: sender.name, address}}));
			const sent = own.map(one => evaluator.ends(one, placement).egress);
			if (new Set(sent.map(end => end?.inForce.rule.id)).size > 1) return undefined;
			const [first] = own;
			const stands = first === undefined ? [] : evaluator.stands(first, placement).filter(isLeft(first, false));
			const atHost = stands.filter(({place, direction}) => place === 'host' && direction === 'egress');
			const logs = expectedLogs({egress: sent[0] ?? null, ingress: null}, atHost);
			const denied = (rule: RuleRef, all: readonly KernelLog[]): Judged => ({
				verdict: {action: 'deny', rule},
				evidence: {
					...{flow, arrival: 'none', logs: all, micros: 0},
					outcome: {kind: 'denied', rule: rule.id, direction: 'egress'},
				},
			});
			if (logs.some(({decision}) => decision === 'deny')) return denied(sent[0]!.inForce.rule, logs);
			if (farPlace(placement) === 'fabric') {
				const dropped = {direction: 'egress', decision: 'deny', rule: spoofedRef.id, placement: 'fabric'} as const;
				return denied(spoofedRef, [...logs, dropped]);
			}
			const beyond = evaluator
				.stands(flow, placement)
				.filter(isLeft(flow, false))
				.filter(({place, direction}) => place !== 'host' || direction === 'ingress');
			return said(flow, 'open', beyond, logs);
		},
	};
}

/** Whether a policy in force at a workload judges connections again that are older than it. */
function cutsEstablished(topology: Topology, stack: Stack): (workload: string | null) => boolean {
	const networks = networksOf(topology);
	const known = new Map<string | null, boolean>([[null, false]]);
	const directions: readonly Direction[] = ['egress', 'ingress'];
	const cuts = (workload: Workload | undefined): boolean =>
		workload?.addresses.some(({address}) =>
			directions.some(direction =>
				policiesAt('in-force', stack, direction, {workload, address}, networks).some(
					({established}) => established === 'cut',
				),
			),
		) ?? false;
	return name => {
		const found = known.get(name) ?? cuts(topology.workloads.find(one => one.name === name));
		known.set(name, found);
		return found;
	};
}
