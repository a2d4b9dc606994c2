import type {AttackRun} from '../contracts/attack-run.ts';
import type {Containment} from '../contracts/report.ts';
import type {Kind, Kinds} from './kinds.ts';
import {lostKinds, lostWorkloads} from './lost.ts';

export type BlastRadius = Pick<
	Containment,
	'compromised' | 'others' | 'blastRadius' | 'workloads' | 'byEnvironment' | 'lostKinds'
>;

/**
 * |C \ F| of |W \ F|, in kinds, with the workloads beside it and by environment. Kinds in no environment are in the
 * totals and in no environment's figure.
 */
export function blastRadius(kinds: Kinds, run: AttackRun): BlastRadius {
	const lost = lostKinds(kinds, run);
	const foothold = kinds.of(run.foothold);
	const others = kinds.counted.filter(({name}) => name !== foothold);
	return {
		compromised: lost.length,
		others: others.length,
		blastRadius: others.length === 0 ? null : lost.length / others.length,
		workloads: {
			compromised: lostWorkloads(kinds, run).length,
			others: others.reduce((sum, {workloads}) => sum + workloads.length, 0),
		},
		byEnvironment: byEnvironment(others, new Set(lost)),
		lostKinds: lost,
	};
}

function byEnvironment(others: readonly Kind[], lost: ReadonlySet<string>): Containment['byEnvironment'] {
	const groups = Map.groupBy(
		others.filter(({environment}) => environment !== null),
		({environment}) => environment!,
	);
	return Object.fromEntries(
		[...groups].map(([environment, group]) => [
			environment,
			{
				compromised: group.filter(({name}) => lost.has(name)).length,
				others: group.length,
				jewels: group.filter(({jewel}) => jewel).length,
			},
		]),
	);
}
