// Verdicts where an end is not what a policy takes it for: its own root took its rules away, its connection is older than
// the rules, or the address that it sends from is another's.
import type {Evidence} from '../contracts/evidence.ts';
import type {Flow} from '../model/flow.ts';
import type {Direction, Placement, Stack, Verdict} from '../model/policy.ts';
import type {Topology, Workload} from '../model/topology.ts';
import {type BothEnds, decide, type Evaluator} from '../policy/evaluate.ts';
import {expectedLogs} from '../policy/expected-logs.ts';
import {spoofedRef} from '../policy/rule-ref.ts';
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

type Unjudged = Parameters<typeof expectedLogs>[1];

export function endsJudge({topology, stack, evaluator, placement}: JudgeInput): EndsJudge {
	const tampered = new Set<string>();
	const witness = verdictWitness(evaluator, placement);
	const hosts = placement === 'host' || placement === 'host+fabric';
	const isCut = cutsEstablished(topology, stack);
	const isBare = (name: string | null): boolean => placement === 'host' && tampered.has(name ?? '');
	const judged = (flow: Flow, ends: BothEnds, farEnd: FarEnd, unjudged: Unjudged): Judged => {
		const verdict = decide(ends.egress?.inForce ?? null, ends.ingress?.inForce ?? null);
		const logs = expectedLogs(ends, unjudged).map(log => (hosts ? log : {...log, placement}));
		const arrival = verdict.action === 'allow' && farEnd !== 'nobody' ? farEnd : 'none';
		return {verdict, evidence: {flow, arrival, logs, outcome: outcomeOf(verdict, farEnd), micros: 0}};
	};
	const usual = hosts ? 'none' : 'silent';

	return {
		tampered,
		judge(flow, farEnd, established) {
			const [source, destination] = [flow.source.workload, flow.destination.workload];
			if (!established && !isBare(source) && !isBare(destination)) {
				const verdict = evaluator.verdict(flow, placement);
				return {verdict, evidence: witness(flow, verdict, farEnd)};
			}
			const ends = evaluator.ends(flow, placement);
			const isFree = (name: string | null): boolean => isBare(name) || (established && !isCut(name));
			return judged(
				flow,
				{egress: isFree(source) ? null : ends.egress, ingress: isFree(destination) ? null : ends.ingress},
				farEnd,
				{
					egress: isFree(source) ? 'silent' : usual,
					ingress: isFree(destination) || farEnd === 'nobody' ? 'silent' : usual,
				},
			);
		},
		spoofed(flow, sender) {
			const own = sender.addresses.filter(({family}) => family === flow.family);
			const said = own.map(({address}) => {
				const source = {workload: sender.name, address};
				return evaluator.ends({...flow, source}, 'host').egress;
			});
			if (new Set(said.map(one => one?.inForce.rule.id)).size > 1) return undefined;
			const egress = hosts && !isBare(sender.name) ? (said[0] ?? null) : null;
			const sent = {egress: isBare(sender.name) ? 'silent' : usual, ingress: 'silent'} as const;
			if (placement === 'host') {
				const ingress = isBare(flow.destination.workload) ? null : evaluator.ends(flow, 'host').ingress;
				const unjudged = {...sent, ingress: isBare(flow.destination.workload) ? 'silent' : usual} as const;
				return judged(flow, {egress, ingress}, 'open', unjudged);
			}
			if (egress?.inForce.action === 'deny') return judged(flow, {egress, ingress: null}, 'open', sent);
			return {
				verdict: {action: 'deny', rule: spoofedRef},
				evidence: {
					...{flow, arrival: 'none', micros: 0},
					logs: [
						...expectedLogs({egress, ingress: null}, sent),
						{direction: 'egress', decision: 'deny', rule: spoofedRef.id, placement: hosts ? 'fabric' : placement},
					],
					outcome: {kind: 'denied', rule: spoofedRef.id, direction: 'egress'},
				},
			};
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
