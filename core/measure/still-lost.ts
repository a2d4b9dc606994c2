// Each kind that fell, by the way it fell, with the rule that let each step pass and the step that is cheapest to cut.
import type {AttackRun, Fall} from '../contracts/attack-run.ts';
import type {Evidence} from '../contracts/evidence.ts';
import type {StillLost} from '../contracts/report.ts';
import type {RuleRef} from '../model/policy.ts';
import type {Topology} from '../model/topology.ts';
import {dependencyText} from './dependency-text.ts';
import {type Kinds, kindsOf} from './kinds.ts';
import {lostKinds} from './lost.ts';
import {acceptingRule, ruleText} from './rule-text.ts';

type Step = StillLost['path'][number];

/** Every kind of C \ F, jewels first and then by name, on the path of its first fall. */
export function stillLost(
	topology: Topology,
	run: AttackRun,
	rules: ReadonlyMap<string, RuleRef>,
): readonly StillLost[] {
	const kinds = kindsOf(topology);
	const falls = new Map<string, Fall>();
	for (const fall of run.falls.toSorted((a, b) => a.action - b.action))
		if (!falls.has(fall.workload)) falls.set(fall.workload, fall);
	const evidenceOf = new Map(run.evidence.map(({action, evidence}) => [action, evidence]));
	const lost = lostKinds(kinds, run).map(name => {
		const {environment, jewel} = kinds.all.get(name)!;
		const fall = [...falls.values()].find(({workload}) => kinds.of(workload) === name)!;
		const path = pathTo(fall, falls).map(step => stepOf(step, evidenceOf.get(step.action) ?? [], rules));
		return {kind: name, environment, jewel, path, cut: cheapestCut(topology, kinds, path)};
	});
	return lost.sort((a, b) => Number(b.jewel) - Number(a.jewel));
}

/** The falls from the foothold's first victim to this one. */
function pathTo(fall: Fall, falls: ReadonlyMap<string, Fall>): readonly Fall[] {
	const path: Fall[] = [];
	for (let at: Fall | undefined = fall; at !== undefined && at.from !== null; at = falls.get(at.from)) {
		if (path.includes(at)) break;
		path.unshift(at);
	}
	return path;
}

function stepOf(fall: Fall, evidence: readonly Evidence[], rules: ReadonlyMap<string, RuleRef>): Step {
	const passed = evidence.find(
		({flow, arrival}) =>
			arrival === 'open' &&
			flow.source.workload === (fall.via ?? fall.from) &&
			flow.destination.workload === fall.workload &&
			(fall.port === null || flow.port === fall.port),
	);
	return {
		from: fall.from!,
		to: fall.workload,
		...(fall.via === undefined ? {} : {via: fall.via}),
		technique: fall.technique ?? '–',
		protocol: fall.protocol,
		port: fall.port,
		rule: passed === undefined ? null : ruleText(rules, acceptingRule(passed)),
	};
}

/**
 * The step that costs least to cut: one that a rule allowed and that the fewest dependencies need, of these one that
 * crosses environments, of these the one nearest to the target. Null where no rule let any step pass.
 */
function cheapestCut(topology: Topology, kinds: Kinds, path: readonly Step[]): StillLost['cut'] {
	const choices = path.flatMap((step, at) => {
		if (step.rule === null || step.port === null) return [];
		const [from, to] = [kinds.of(step.via ?? step.from), kinds.of(step.to)];
		const neededBy = topology.dependencies.filter(
			need => need.from === from && need.to === to && need.protocol === step.protocol && need.port === step.port,
		);
		const crosses = kinds.all.get(from ?? '')?.environment !== kinds.all.get(to ?? '')?.environment;
		return [{step: at, crosses, neededBy: neededBy.map(dependencyText)}];
	});
	const [best] = choices.sort(
		(a, b) => a.neededBy.length - b.neededBy.length || Number(b.crosses) - Number(a.crosses) || b.step - a.step,
	);
	return best === undefined ? null : {step: best.step, neededBy: best.neededBy};
}
