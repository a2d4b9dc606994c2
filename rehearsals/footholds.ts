// Where the attacker starts: the workloads that a scenario's foothold selects, one for each kind.
import {didYouMean} from '../core/files/nearest.ts';
import type {Problem} from '../core/model/problem.ts';
import type {Scenario} from '../core/model/scenario.ts';
import type {Topology, Workload} from '../core/model/topology.ts';
import {networksOf, selects} from '../core/policy/selector.ts';

/**
 * Names of workloads, sorted, the first replica of each kind. A scenario without a foothold starts everywhere: in every
 * kind that counts. `asked` (`--foothold`) is a workload, a kind or a base, and goes before the scenario's own.
 */
export function footholdsOf(topology: Topology, scenario: Scenario, asked: string | null): readonly string[] {
	const networks = networksOf(topology);
	const chosen = topology.workloads.filter(workload =>
		asked !== null
			? isNamed(workload, asked)
			: scenario.foothold === null
				? !workload.outside && !workload.assumed
				: selects(scenario.foothold, {workload, address: workload.addresses[0]!.address}, networks),
	);
	const byKind = Map.groupBy(chosen, ({kind}) => kind);
	return [...byKind.values()].map(replicas => replicas[0]!.name).sort();
}

/** A scenario without a foothold starts in every kind, up to so many. */
const mostEverywhere = 24;

/** What is wrong with `--foothold`, or with a scenario whose foothold selects nobody. */
export function footholdProblems(
	topology: Topology,
	scenarios: readonly Scenario[],
	asked: string | null,
): readonly Problem[] {
	const where = {file: '--foothold', line: 1, column: 1};
	if (asked !== null) {
		if (topology.workloads.some(workload => isNamed(workload, asked))) return [];
		const known = [...new Set(topology.workloads.flatMap(({name, kind, base}) => [name, kind, base]))];
		return [{where, what: `no workload is named ${asked}`, mend: didYouMean(asked, known)}];
	}
	const everywhere = scenarios.filter(
		scenario => scenario.foothold === null && footholdsOf(topology, scenario, null).length > mostEverywhere,
	);
	const tooMany = everywhere.map(({name}) => ({
		where,
		what: `${name} has no foothold, and ${topology.name} has more than ${mostEverywhere} kinds of workload to start from`,
		mend: 'name one: --foothold NAME',
	}));
	const nobody = scenarios
		.filter(scenario => footholdsOf(topology, scenario, null).length === 0)
		.map(scenario => ({
			where: scenario.where,
			what: `the foothold of ${scenario.name} selects no workload of ${topology.name}`,
			mend: 'name one, or use --foothold NAME',
		}));
	return [...tooMany, ...nobody];
}

const isNamed = ({name, kind, base}: Workload, asked: string): boolean =>
	name === asked || kind === asked || base === asked;
