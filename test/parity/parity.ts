// Parity is the product's proof: seeded random topologies × policies × flows, model against kernel against far end.
import type {Enforcer} from '../../core/contracts/enforcer.ts';
import type {Evidence, KernelLog} from '../../core/contracts/evidence.ts';
import {type Flow, renderFlow} from '../../core/model/flow.ts';
import {listeningPorts} from '../../core/model/listening-ports.ts';
import {type Placement, placements, type Stack} from '../../core/model/policy.ts';
import type {Topology} from '../../core/model/topology.ts';
import {createEvaluator, type Evaluator} from '../../core/policy/evaluate.ts';
import {expectedLogs} from '../../core/policy/expected-logs.ts';
import {nftables} from '../../enforcers/nftables.ts';
import {startLab} from '../../lab/client.ts';
import {randomCase, randomFlows} from '../builders/random.ts';
import {randomStack} from '../builders/random-policy.ts';
import {seeded} from '../builders/seeded.ts';

export interface ParityOptions {
	readonly firstSeed: number;
	readonly topologies: number;
	/** Policies tried on each topology, in one lab; their placements take turns. */
	readonly policies: number;
	readonly flows: number;
	/** What is measured against; the tests of the test put wrong ones here. */
	readonly evaluator?: (topology: Topology, stack: Stack) => Pick<Evaluator, 'ends' | 'stands' | 'verdict'>;
	readonly enforcer?: Enforcer;
	/** Ends the run before the next topology. */
	readonly until?: () => boolean;
}

export interface ParityResult {
	readonly cases: number;
	readonly checked: number;
	readonly denied: number;
	readonly observed: number;
	/** Flows that packets said nothing of. */
	readonly inconclusive: readonly string[];
	/** One sentence each, with the seed that repeats it. */
	readonly mismatches: readonly string[];
}

/** Boots, applies, probes and compares: the verdict, every log with its rule in order, and what arrived. */
export async function parity(options: ParityOptions): Promise<ParityResult> {
	const total = {cases: 0, checked: 0, denied: 0, observed: 0};
	const inconclusive: string[] = [];
	const mismatches: string[] = [];
	for (let at = 0; at < options.topologies && options.until?.() !== true; at++) {
		const seed = options.firstSeed + at;
		const base = randomCase(seed);
		const {topology} = base;
		const enforcer = options.enforcer ?? nftables;
		const compile = (stack: Stack, placement: Placement) =>
			enforcer.compile({lab: 'parity', topology, stack, placement});
		await using lab = await startLab({lab: 'parity', topology, rulesets: compile(base.stack, 'host'), seed});
		for (let policy = 0; policy < options.policies; policy++) {
			const stack = policy === 0 ? base.stack : randomStack(seeded(seed * 1000 + policy), topology);
			const placement = placements[(at + policy) % placements.length]!;
			await lab.apply(compile(stack, placement));
			const flows = randomFlows({seed: seed * 1000 + policy, topology, stack}, options.flows);
			const evaluator = (options.evaluator ?? createEvaluator)(topology, stack);
			for (const evidence of await lab.probe(flows, {timeoutMs: 2000, patienceMs: 25})) {
				const found = compare(evidence, {evaluator, placement}, topology, seed);
				const where = `seed ${seed} policy ${policy} at ${placement}: ${renderFlow(evidence.flow)}`;
				if (found !== null) mismatches.push(`${where}: ${found}`);
				else if (evidence.outcome.kind === 'inconclusive') inconclusive.push(`${where}: ${evidence.outcome.reason}`);
				total.checked++;
				if (evidence.outcome.kind === 'denied') total.denied++;
				if (evidence.logs.some(({decision}) => decision.startsWith('would'))) total.observed++;
			}
			total.cases++;
		}
	}
	return {...total, inconclusive, mismatches};
}

function compare(
	{flow, outcome, arrival, logs}: Evidence,
	{evaluator, placement}: {evaluator: Pick<Evaluator, 'ends' | 'stands' | 'verdict'>; placement: Placement},
	topology: Topology,
	seed: number,
): string | null {
	const verdict = evaluator.verdict(flow, placement);
	if (outcome.kind === 'inconclusive') {
		return arrival === 'open' && verdict.action === 'deny'
			? `the model denies by ${verdict.rule.id}, and it arrived`
			: null;
	}
	const expected = verdict.action === 'deny' ? 'denied' : listens(flow, topology, seed) ? 'open' : 'closed';
	if (outcome.kind !== expected)
		return `the model says ${expected} by ${verdict.rule.id}, packets ${outcome.kind} (${told(logs)})`;
	const should = told(expectedLogs(evaluator.ends(flow, placement), evaluator.stands(flow, placement)));
	return should === told(logs) ? null : `the model says ${should}, the kernel logged ${told(logs)}`;
}

/** Logs of two groups come in two batches: sorted, so that only what they say counts. */
const told = (logs: readonly KernelLog[]): string =>
	logs
		.map(({placement, direction, decision, rule}) => `${placement} ${direction} ${decision} by ${rule}`)
		.sort()
		.join(', ');

function listens({destination, protocol, port}: Flow, topology: Topology, seed: number): boolean {
	const workload = topology.workloads.find(({name}) => name === destination.workload)!;
	return (
		protocol === 'icmp' ||
		workload.services.some(service => service.protocol === protocol && listeningPorts(service, seed).includes(port))
	);
}
