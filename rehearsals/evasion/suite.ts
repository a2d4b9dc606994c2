// Every evasion technique against one candidate, each with an attacker of its own: first with no policy, which shows that it
// could work here, and then under the candidate.
import type {AttackRun} from '../../core/contracts/attack-run.ts';
import type {Candidate} from '../../core/model/rehearsal.ts';
import type {Scenario} from '../../core/model/scenario.ts';
import type {Topology} from '../../core/model/topology.ts';
import {createEvaluator} from '../../core/policy/evaluate.ts';
import {ruleById} from '../../core/policy/rule-index.ts';
import {type Evasion, evasions} from './evasions.ts';
import {type EvasionResult, judgeEvasion} from './judge-evasion.ts';

/** Where the suite is run: a lab of its own, or one that is up. */
export interface EvasionLab {
	use(candidate: Candidate): Promise<unknown>;
	attack(scenario: Scenario, foothold: string): Promise<AttackRun>;
}

export interface EvasionOptions {
	readonly topology: Topology;
	/** No policy at all. */
	readonly control: Candidate;
	readonly candidate: Candidate;
	/** Whose foothold and weaknesses are taken; its strategy and techniques are not. */
	readonly scenario: Scenario;
	readonly foothold: string;
	readonly lab: EvasionLab;
	readonly interrupted: AbortSignal;
	/** Told before each attack. */
	readonly watch: (technique: string, under: string) => void;
}

/** In the order of the suite. @throws what the lab throws, and the reason of an interruption */
export async function evasionSuite(options: EvasionOptions): Promise<readonly EvasionResult[]> {
	const {topology, control, candidate, lab, interrupted, watch} = options;
	const all = async (under: Candidate): Promise<ReadonlyMap<string, AttackRun>> => {
		interrupted.throwIfAborted();
		await lab.use(under);
		const runs = new Map<string, AttackRun>();
		for (const evasion of evasions) {
			interrupted.throwIfAborted();
			watch(evasion.technique, under.name);
			runs.set(evasion.technique, await lab.attack(scenarioOf(evasion, options), footholdOf(evasion, options)));
		}
		return runs;
	};
	const flat = await all(control);
	const tried = await all(candidate);
	const evaluator = createEvaluator(topology, candidate.stack);
	return evasions.map(evasion =>
		judgeEvasion({
			evasion,
			topology,
			flat: flat.get(evasion.technique)!,
			run: tried.get(evasion.technique)!,
			verdict: flow => evaluator.verdict(flow, candidate.placement),
			rules: ruleById(candidate.stack),
		}),
	);
}

const scenarioOf = ({technique, with: others}: Evasion, {scenario}: EvasionOptions): Scenario => ({
	...scenario,
	name: `${scenario.name}, ${technique}`,
	goal: {kind: 'everything'},
	strategy: 'worm',
	techniques: [...others, technique],
});

/** Orders come from a deploy server, wherever the attacker starts otherwise. */
function footholdOf({technique}: Evasion, {topology, foothold}: EvasionOptions): string {
	if (technique !== 'abuse-deploy-server') return foothold;
	const server = topology.secrets.find(({ordersOf}) => ordersOf !== undefined)?.ordersOf;
	return topology.workloads.find(({kind}) => kind === server)?.name ?? foothold;
}
