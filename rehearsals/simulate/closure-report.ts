// The measures of one candidate under one scenario for topologies that are too large to let the attacker itself loose in:
// the same names and definitions, from the closure.
import type {RunReport} from '../../core/contracts/report.ts';
import {blastRadius} from '../../core/measure/blast-radius.ts';
import {jewels} from '../../core/measure/jewels.ts';
import {kindsOf, serviceText} from '../../core/measure/kinds.ts';
import {looseness} from '../../core/measure/looseness.ts';
import {saved} from '../../core/measure/saved.ts';
import {stillLost} from '../../core/measure/still-lost.ts';
import type {Flow} from '../../core/model/flow.ts';
import {listeningPorts} from '../../core/model/listening-ports.ts';
import type {Candidate} from '../../core/model/rehearsal.ts';
import type {Scenario} from '../../core/model/scenario.ts';
import {createEvaluator, type Evaluator} from '../../core/policy/evaluate.ts';
import {ruleById} from '../../core/policy/rule-index.ts';
import type {AttackGraph} from '../../core/simulate/attack-graph.ts';
import {closureBreakage} from '../../core/simulate/closure-breakage.ts';
import {type Foothold, lossCounter} from '../../core/simulate/loss.ts';
import {spread} from '../../core/simulate/spread.ts';
import {closurePaths, closureRun} from './closure-run.ts';

export interface ClosureReportInput {
	readonly graph: AttackGraph;
	/** The same world with no policy. */
	readonly control: AttackGraph;
	readonly candidate: Candidate;
	readonly scenario: Scenario;
	readonly foothold: Foothold;
	readonly footholds: RunReport['footholds'];
}

/** Of what still falls, so many kinds are told with their paths; jewels come first. */
export const mostPaths = 60;

/** A run that is the worst of its footholds. Actions, hops in rounds and denied attempts are not known: null. */
export function closureReport({
	graph,
	control,
	candidate,
	scenario,
	foothold,
	footholds,
}: ClosureReportInput): RunReport {
	const {topology, stack} = graph.world;
	const kinds = kindsOf(topology);
	const evaluator = createEvaluator(graph.sample, stack);
	const found = spread(graph, foothold.node);
	const run = closureRun(graph, found, foothold);
	const controlFoothold = {...foothold, node: control.nodeOf(foothold.workload)};
	const controlRun =
		control === graph ? run : closureRun(control, spread(control, controlFoothold.node), controlFoothold);
	const told = [...new Set([...lossCounter(graph).jewelNodes(found, foothold), ...found.order])]
		.filter(node => node !== found.foothold)
		.slice(0, mostPaths);
	return {
		candidate: candidate.name,
		placement: candidate.placement,
		scenario: scenario.name,
		foothold: foothold.kind,
		mode: stack.length > 0 && stack.every(({mode}) => mode === 'observe') ? 'observe' : 'enforce',
		worst: true,
		footholds,
		containment: {
			...blastRadius(kinds, run),
			...saved(kinds, {
				scenario: {...scenario, goal: {kind: 'everything'}},
				control: control === graph,
				controlRun,
				run,
			}),
			...jewels(kinds, run),
			actionsToFirstJewel: null,
			labSeconds: null,
			...exposedTo(graph, evaluator, foothold),
			noise: 0,
			deniedAttempts: 0,
			firstDeniedAction: null,
			stillLost: stillLost(topology, closurePaths(graph, found, foothold, told, evaluator), ruleById(stack)),
			ended: 'exhausted',
		},
		breakage: closureBreakage(graph, evaluator),
		looseness: loosenessOf(graph),
		outcomes: nothingProbed,
		fidelity: {checked: 0, mismatches: 0, flows: [], attacker: []},
		timeline: [],
	};
}

/** Made on all workloads only where it is worked out at all. */
function loosenessOf({world: {topology, stack, placement}}: AttackGraph): RunReport['looseness'] {
	let whole: Evaluator | null = null;
	const verdict = (flow: Flow) => (whole ??= createEvaluator(topology, stack)).verdict(flow, placement);
	return looseness({topology, stack, verdict});
}

const nothingProbed: RunReport['outcomes'] = {
	checked: 0,
	permitted: 0,
	rejected: 0,
	escaped: 0,
	misdropped: 0,
	inconclusive: 0,
	inconclusiveFlows: [],
	wouldDeny: 0,
	wouldAllow: 0,
};

/** One-hop exposure, as core/measure/exposure.ts has it. */
function exposedTo(
	graph: AttackGraph,
	evaluator: Evaluator,
	foothold: Foothold,
): Pick<RunReport['containment'], 'exposedServices' | 'servicesOfOthers'> {
	const {topology, placement, seed} = graph.world;
	const {counted} = kindsOf(topology);
	const others = counted.filter(({name}) => name !== foothold.kind);
	const reaches = new Map<string, boolean>();
	const exposed = new Set<string>();
	for (const {name, services, workloads} of others)
		for (const service of services)
			for (const target of new Set(workloads.map(workload => graph.nodeOf(workload.name)))) {
				const key = `${target} ${service.protocol} ${service.port}`;
				const known =
					reaches.get(key) ??
					listeningPorts(service, seed).some(port =>
						graph
							.flows(foothold.node, target, {protocol: service.protocol, port})
							.some(flow => evaluator.verdict(flow, placement).action === 'allow'),
					);
				reaches.set(key, known);
				if (known) exposed.add(serviceText(name, service));
			}
	return {
		exposedServices: exposed.size,
		servicesOfOthers: others.reduce((sum, {services}) => sum + services.length, 0),
	};
}
