// One attacker in a running lab. Loaded with the first of them: a lab boots without it.
import {createEvidenceLog} from '../core/attack/evidence-log.ts';
import {startingView} from '../core/attack/insider.ts';
import {createModelNetwork} from '../core/attack/model-network.ts';
import {type Weakness, weakness} from '../core/attack/weakness.ts';
import type {AttackRun} from '../core/contracts/attack-run.ts';
import type {ActionRecord, LabEvent} from '../core/contracts/event.ts';
import type {Evidence} from '../core/contracts/evidence.ts';
import type {Network} from '../core/contracts/network.ts';
import {FirebreakError} from '../core/model/failure.ts';
import type {Scenario} from '../core/model/scenario.ts';
import {createEvaluator} from '../core/policy/evaluate.ts';
import {networksOf, selects} from '../core/policy/selector.ts';
import {createAdversary} from '../scenarios/adversary.ts';
import {createLabNetwork} from '../scenarios/wire/lab-network.ts';
import {createPacer, type Pacer} from './attack-pace.ts';
import type {Parts} from './engine-lab.ts';
import {attackProgress} from './progress.ts';
import type {Methods} from './protocol.ts';

/** How long a flow may stay without evidence before it is inconclusive. */
const attackTimeoutMs = 500;

export interface AttackOptions {
	/** Told of each action once it is over, with what was seen of its flows. */
	readonly onAction?: (record: ActionRecord, evidence: readonly Evidence[]) => void;
	/** Aborted: the attacker sends nothing more, and the attack throws the signal's reason. */
	readonly signal?: AbortSignal;
	readonly pacer?: Pacer;
}

/** From a clean state: no conversation is left of the run before, and only this scenario's services are weak. */
export async function attack(
	parts: Parts,
	asks: Methods['attack']['asks'],
	tell: (event: LabEvent) => void,
	{onAction, signal, pacer}: AttackOptions = {},
): Promise<AttackRun> {
	const {topology} = parts.request;
	const {scenario, foothold, goals, seed} = asks;
	const workload = topology.workloads.find(({name}) => name === foothold);
	if (workload === undefined)
		throw new FirebreakError('no-foothold', `no workload is named ${foothold}`, 'name one of the topology');
	const networks = networksOf(topology);
	const address = (one: typeof workload): string => one.addresses[0]!.address;
	parts.listeners.hangUp();
	const weak = weakness(
		topology,
		scenario,
		(selector, one) => selects(selector, {workload: one, address: address(one)}, networks),
		seed,
	);
	parts.speakers.assume(weak);
	const foreign = parts.runtime.sites.filter(({ownServices}) => ownServices).map(({workload: {name}}) => name);
	const log = createEvidenceLog();
	const network = createLabNetwork({
		topology,
		prober: parts.prober,
		reactor: parts.reactor,
		timeoutMs: attackTimeoutMs,
		resets: rule => parts.rules.resets(rule),
		onEvidence: log.add,
		foreign: new Set(foreign),
		assumed: assumedReply(parts, weak),
	});
	const progress = attackProgress(scenario.limits.actions, tell);
	const started = performance.now();
	const story = await createAdversary({
		scenario,
		seed,
		network: until(signal, network, [pacer, rated(scenario)]),
		foothold: startingView(topology, parts.speakers.view(workload), scenario, parts.speakers.material),
		goals,
		now: () => performance.now(),
		onAction(record) {
			progress(record);
			onAction?.(record, onAction === undefined ? [] : log.of(record.action));
			if (asks.evidence === 'told') log.forget(record.action);
		},
	})
		.run()
		.finally(() => parts.listeners.hangUp());
	return {
		...story,
		evidence: asks.evidence === 'told' ? [] : log.entries(),
		labSeconds: (performance.now() - started) / 1000,
	};
}

/**
 * What a program that is not the lab's would say to whoever has come as far as it: nothing here exploits anything, so what
 * the topology says of its weaknesses and of who may log in stands for it.
 */
function assumedReply({request: {topology, seed}, speakers: {material}}: Parts, weak: Weakness): Network['talk'] {
	const evaluator = createEvaluator(topology, []);
	return createModelNetwork({topology, stack: [], evaluator, placement: 'host', weak, seed, material}).talk;
}

/** The pace that a scenario sets for itself: its actions begin so far apart. */
const rated = ({rate}: Scenario): Pacer | undefined =>
	rate === undefined ? undefined : createPacer({paused: false, intervalMs: 60_000 / rate});

/** The network as long as the signal lets it be, at its paces: who uses it afterwards gets the signal's reason. */
function until(signal: AbortSignal | undefined, network: Network, pacers: readonly (Pacer | undefined)[]): Network {
	const unlessAborted = async <T>(action: number, answer: () => Promise<T>): Promise<T> => {
		signal?.throwIfAborted();
		for (const pacer of pacers) await pacer?.admit(action, signal);
		return answer();
	};
	return {
		reach: attempt => unlessAborted(attempt.action, () => network.reach(attempt)),
		sweep: attempts => unlessAborted(attempts[0]?.action ?? 0, () => network.sweep(attempts)),
		talk: (attempt, exchange) => unlessAborted(attempt.action, () => network.talk(attempt, exchange)),
	};
}
