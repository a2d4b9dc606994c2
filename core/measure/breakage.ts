// What the policy costs: dependencies that worked with no policy and do not under the candidate. Read together with
// the coverage, for nothing is known to break where nothing is known.
import type {Breakage, BrokenFlow} from '../contracts/report.ts';
import type {RuleRef} from '../model/policy.ts';
import type {Dependency} from '../model/topology.ts';
import {coverage} from './coverage.ts';
import {dependencyText} from './dependency-text.ts';
import {type Kinds, kindsOf, serves} from './kinds.ts';
import {orphaned} from './orphaned.ts';
import {denyingRule, ruleText} from './rule-text.ts';
import type {CandidateInput} from './run-input.ts';
import {type Seen, type Traffic, trafficOf} from './traffic.ts';

type Input = Pick<CandidateInput, 'topology' | 'control' | 'probed' | 'rules'>;

/**
 * A dependency's flows are all replica pairs, in the families that both ends have. It is broken where one of them
 * answered with no policy and is denied, or finds nothing, under the candidate; a flow without a sure outcome there is
 * neither, and stands among the inconclusive. Assumed dependencies are listed when broken, and not counted.
 */
export function breakage({topology, control, probed, rules}: Input): Breakage {
	const kinds = kindsOf(topology);
	const traffic = trafficOf(kinds, control, probed);
	const dangling = topology.dependencies.filter(need => need.dangling);
	const tested = topology.dependencies
		.filter(need => !need.dangling)
		.map(need => ({need, answered: answeredFlows(need, kinds, traffic)}));
	const flows = tested.flatMap(({need, answered}) => brokenFlow(need, answered, rules));
	const known = tested.filter(({need}) => need.source !== 'assumed');
	return {
		dependencies: known.length,
		broken: flows.filter(({source}) => source !== 'assumed').length,
		flows,
		untestable: known.filter(({answered}) => answered.length === 0).map(({need}) => dependencyText(need)),
		dangling: dangling.map(dependencyText),
		orphaned: orphaned(topology, kinds, traffic),
		coverage: coverage(topology, kinds),
	};
}

function answeredFlows(need: Dependency, kinds: Kinds, traffic: Traffic): readonly Seen[] {
	const service = kinds.all.get(need.to)?.services.find(each => serves(each, need.protocol, need.port));
	return (traffic.get(need.from)?.get(need.to) ?? []).filter(
		({control: {flow, outcome}}) =>
			outcome.kind === 'open' &&
			(service === undefined
				? flow.protocol === need.protocol && flow.port === need.port
				: serves(service, flow.protocol, flow.port)),
	);
}

function brokenFlow(
	need: Dependency,
	answered: readonly Seen[],
	rules: ReadonlyMap<string, RuleRef>,
): readonly BrokenFlow[] {
	const failing = answered.filter(({probed}) => probed?.outcome.kind === 'denied' || probed?.outcome.kind === 'closed');
	if (failing.length === 0) return [];
	const ids = failing.map(({probed}) => denyingRule(probed!)).filter(id => id !== null);
	return [
		{
			dependency: dependencyText(need),
			failing: failing.length,
			of: answered.length,
			rule: ruleText(rules, ids.sort()[0] ?? null),
			source: need.source,
			vital: need.vital,
		},
	];
}
