// Many attempts as probes at once; those from a port of their own one at a time, each with its port to itself.
import type {Evidence} from '../../core/contracts/evidence.ts';
import type {Answer, Attempt, Network} from '../../core/contracts/network.ts';
import type {Flow} from '../../core/model/flow.ts';
import type {BoundPorts} from './bound-ports.ts';
import type {FlowMaker} from './flow-maker.ts';
import type {Prober} from './prober-contract.ts';

export interface SweepInput {
	readonly prober: Prober;
	readonly timeoutMs: number;
	readonly toFlow: FlowMaker;
	readonly bound: BoundPorts;
	readonly answer: (evidence: Evidence) => Answer;
	readonly onEvidence: (action: number, evidence: Evidence) => void;
}

interface Sent {
	readonly attempt: Attempt;
	readonly flow: Flow;
}

export const sweeper =
	({prober, timeoutMs, toFlow, bound, answer, onEvidence}: SweepInput): Network['sweep'] =>
	async attempts => {
		const flows = attempts.map(toFlow);
		const sent = attempts.flatMap((attempt, at): readonly Sent[] =>
			flows[at] === undefined ? [] : [{attempt, flow: flows[at]}],
		);
		const free = sent.filter(({attempt}) => attempt.sourcePort === undefined);
		const found = new Map<Flow, Evidence>();
		const probe = async (some: readonly Sent[], sourcePort?: number): Promise<void> => {
			const asked = some.map(({flow}) => flow);
			const evidence = await prober.probe(asked, {timeoutMs, ...(sourcePort !== undefined && {sourcePort})});
			for (const [at, flow] of asked.entries()) found.set(flow, evidence[at]!);
		};
		await Promise.all([
			...(free.length === 0 ? [] : [probe(free)]),
			...sent
				.filter(one => !free.includes(one))
				.map(one => bound(one.attempt, () => probe([one], one.attempt.sourcePort))),
		]);
		return flows.map((flow, at) => {
			if (flow === undefined) return 'silent';
			const evidence = found.get(flow)!;
			onEvidence(attempts[at]!.action, evidence);
			return answer(evidence);
		});
	};
