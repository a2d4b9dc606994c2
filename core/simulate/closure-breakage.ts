// What a candidate costs, from verdicts on one flow of each pair of equal replicas instead of on all flows.
import type {Breakage, BrokenFlow} from '../contracts/report.ts';
import {coverage} from '../measure/coverage.ts';
import {dependencyText} from '../measure/dependency-text.ts';
import {kindsOf} from '../measure/kinds.ts';
import {ruleText} from '../measure/rule-text.ts';
import type {Dependency} from '../model/topology.ts';
import type {Evaluator} from '../policy/evaluate.ts';
import {ruleById} from '../policy/rule-index.ts';
import type {AttackGraph} from './attack-graph.ts';
import {closureOrphaned} from './closure-orphaned.ts';
import {type DependencyFlow, dependencyFlows} from './dependency-flows.ts';

/** The definitions of core/measure/breakage.ts. */
export function closureBreakage(graph: AttackGraph, evaluator: Evaluator): Breakage {
	const {topology, stack, placement} = graph.world;
	const rules = ruleById(stack);
	const flowsOf = dependencyFlows(graph);
	const tested = topology.dependencies.filter(({dangling}) => !dangling).map(need => ({need, answered: flowsOf(need)}));
	const known = tested.filter(({need}) => need.source !== 'assumed');
	const brokenOf = ({
		need,
		answered,
	}: {
		need: Dependency;
		answered: readonly DependencyFlow[];
	}): readonly BrokenFlow[] => {
		const verdicts = answered.map(({flow, count}) => ({count, verdict: evaluator.verdict(flow, placement)}));
		const failing = verdicts.filter(({verdict}) => verdict.action === 'deny');
		if (failing.length === 0) return [];
		const [rule] = failing.map(each => each.verdict.rule.id).sort();
		return [
			{
				dependency: dependencyText(need),
				failing: sum(failing),
				of: sum(verdicts),
				rule: ruleText(rules, rule!),
				source: need.source,
				vital: need.vital,
			},
		];
	};
	const flows = tested.flatMap(brokenOf);
	return {
		dependencies: known.length,
		broken: flows.filter(({source}) => source !== 'assumed').length,
		flows,
		untestable: known.filter(({answered}) => answered.length === 0).map(({need}) => dependencyText(need)),
		dangling: topology.dependencies.filter(({dangling}) => dangling).map(dependencyText),
		orphaned: closureOrphaned(graph, evaluator),
		coverage: coverage(topology, kindsOf(topology)),
	};
}

const sum = (counted: readonly {readonly count: number}[]): number => counted.reduce((all, {count}) => all + count, 0);
