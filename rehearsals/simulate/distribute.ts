// The losses from many footholds, summed up.
import type {Topology} from '../../core/model/topology.ts';
import {type Distribution, distribution, histogram} from '../../core/simulate/distribution.ts';
import type {FootholdLoss} from '../../core/simulate/every-foothold.ts';
import type {FootholdDistribution, FootholdReport} from '../../core/simulate/simulation-report.ts';

const told = 10;
const bins = 10;

/** Most kinds first, then most jewels, then by name: the order by which the worst is chosen everywhere. */
export const byDamage = (a: FootholdReport, b: FootholdReport): number =>
	b.compromised - a.compromised || b.jewels - a.jewels || (a.kind < b.kind ? -1 : 1);

export function footholdReports({workloads}: Topology, losses: readonly FootholdLoss[]): readonly FootholdReport[] {
	const environments = new Map(workloads.map(({kind, environment}) => [kind, environment]));
	return losses
		.map(({foothold: {kind, workload}, compromised, jewels}) => ({
			foothold: workload,
			kind,
			environment: environments.get(kind) ?? null,
			compromised,
			jewels,
		}))
		.sort(byDamage);
}

/** @param reports - at least one, the worst first */
export function distribute(reports: readonly FootholdReport[], others: number): FootholdDistribution {
	const of = (some: readonly FootholdReport[]): Distribution & {readonly jewelFootholds: number} => ({
		...distribution(some.map(({compromised}) => compromised)),
		jewelFootholds: some.filter(({jewels}) => jewels > 0).length,
	});
	const groups = Map.groupBy(reports, ({environment}) => environment ?? '');
	return {
		...of(reports),
		histogram: histogram(
			reports.map(({compromised}) => compromised),
			others,
			bins,
		),
		worstFootholds: reports.slice(0, told),
		byEnvironment: Object.fromEntries(
			[...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([environment, some]) => [environment, of(some)]),
		),
	};
}
