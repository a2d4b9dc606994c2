// The range that sends nothing: verdicts instead of packets, for machines that can do no more and for the comparison.
import {goals} from '../core/attack/goals.ts';
import {type FarEnd, verdictWitness} from '../core/attack/verdict-evidence.ts';
import {weakness} from '../core/attack/weakness.ts';
import type {Evidence} from '../core/contracts/evidence.ts';
import type {Flow} from '../core/model/flow.ts';
import {listeningPorts} from '../core/model/listening-ports.ts';
import type {Candidate} from '../core/model/rehearsal.ts';
import type {Topology, Workload} from '../core/model/topology.ts';
import {createEvaluator} from '../core/policy/evaluate.ts';
import {networksOf, selects} from '../core/policy/selector.ts';
import {attackInModel} from '../scenarios/model-attack.ts';
import type {Range} from './range.ts';

export function createModelRange(topology: Topology, seed: number, now: () => number): Range {
	const byName = new Map(topology.workloads.map(workload => [workload.name, workload]));
	const networks = networksOf(topology);
	const matches = (selector: Parameters<typeof selects>[0], workload: Workload): boolean =>
		selects(selector, {workload, address: workload.addresses[0]!.address}, networks);
	let candidate: Candidate | undefined;
	let evaluator = createEvaluator(topology, []);
	const placement = () => candidate?.placement ?? 'host';

	let witness = verdictWitness(evaluator, 'host');
	const answer = (flow: Flow): Evidence => {
		const far = flow.destination.workload === null ? undefined : byName.get(flow.destination.workload);
		return witness(flow, evaluator.verdict(flow, placement()), farEnd(far, flow, seed));
	};
	return {
		measured: 'model',
		bootMs: null,
		prepare: () => undefined,
		async use(next) {
			candidate = next;
			evaluator = createEvaluator(topology, next.stack);
			witness = verdictWitness(evaluator, placement());
			return null;
		},
		probe: async flows => flows.map(answer),
		attack: (scenario, foothold) =>
			attackInModel({
				topology,
				stack: candidate?.stack ?? [],
				evaluator,
				placement: placement(),
				weak: weakness(topology, scenario, matches, seed),
				scenario,
				foothold,
				goals: goals(topology, scenario, matches),
				seed,
				now,
			}),
		close: async () => null,
		[Symbol.asyncDispose]: async () => undefined,
	};
}

function farEnd(workload: Workload | undefined, {protocol, port}: Flow, seed: number): FarEnd {
	if (workload === undefined) return 'nobody';
	const listens = workload.services.some(
		service => service.protocol === protocol && listeningPorts(service, seed).includes(port),
	);
	return protocol === 'icmp' || listens ? 'open' : 'closed';
}
