// The same attacker by packets and in the model, in words that a test compares.
import type {AttackRun} from '../../core/contracts/attack-run.ts';
import type {Lab} from '../../core/contracts/lab.ts';
import type {Placement, Stack} from '../../core/model/policy.ts';
import type {TechniqueName} from '../../core/model/scenario.ts';
import type {Topology} from '../../core/model/topology.ts';
import {createEvaluator} from '../../core/policy/evaluate.ts';
import {nftables} from '../../enforcers/nftables.ts';
import {startLab} from '../../lab/client.ts';
import {attackInModel} from '../../scenarios/model-attack.ts';
import {scenario} from '../builders/attack-world.ts';

/** An attack in words: all but times and what its secrets are made of. */
export interface AttackTold {
	/** `exploit-service wiki > db: success, shell on db, 1 probes`. */
	readonly actions: readonly string[];
	readonly falls: readonly string[];
	/** By action: flow, what it came to, and the rules that logged that, sorted. */
	readonly evidence: readonly string[];
}

export interface Attack {
	readonly stack: Stack;
	readonly techniques: readonly TechniqueName[];
	readonly foothold: string;
	readonly seed: number;
	/** Left out: at each workload's host. */
	readonly placement?: Placement;
}

const compile = (topology: Topology, stack: Stack, placement: Placement = 'host') =>
	nftables.compile({lab: 'attacks', topology, stack, placement});

/** A lab of that topology, with no policy in force. */
export const attackLab = (topology: Topology): Promise<Lab> =>
	startLab({lab: 'attacks', topology, rulesets: compile(topology, []), seed: 1});

/** One attack under its policy in the lab, and the same in the model. */
export async function inBoth(
	lab: Lab,
	topology: Topology,
	{stack, techniques, foothold, seed, placement = 'host'}: Attack,
) {
	await lab.apply(compile(topology, stack, placement));
	const byPackets = await lab.attack(scenario({techniques}), foothold, [], seed);
	const byModel = await attackInModel({
		topology,
		stack,
		evaluator: createEvaluator(topology, stack),
		placement,
		weak: (_, {weak}) => weak.length > 0,
		scenario: scenario({techniques}),
		foothold,
		goals: [],
		seed,
		now: () => 0,
	});
	return {lab: told(byPackets), model: told(byModel)};
}

const told = ({timeline, falls, evidence}: AttackRun): AttackTold => ({
	actions: timeline.map(
		({technique, from, to, result, detail, probes}) =>
			`${technique} ${from} > ${to}: ${result}, ${detail}, ${probes} probes`,
	),
	falls: falls.map(({workload, technique, from, via, port}) =>
		via === undefined ? workload : `${workload} by ${technique} from ${from} via ${via} at ${port}`,
	),
	evidence: evidence.flatMap(({action, evidence: seen}) =>
		seen.map(({flow: {source, destination, protocol, port}, outcome, arrival, logs}) => {
			// An attacker does not wait for the accept of a flow that another rule denied behind it.
			const told = logs.filter(({decision}) => outcome.kind !== 'denied' || decision === 'deny');
			const rules = told.map(({direction, decision, rule}) => `${direction} ${decision} ${rule}`).sort();
			const ends = `${source.address} > ${destination.address} ${port}/${protocol}`;
			return `${action}: ${ends} ${outcome.kind} ${arrival} [${rules.join(', ')}]`;
		}),
	),
});
