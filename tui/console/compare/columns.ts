// The columns of the comparison: each candidate by the model, and beside the one in force what was measured.
import type {Candidate} from '../../../core/model/rehearsal.ts';
import {gauges} from '../world/gauges.ts';
import type {World} from '../world/world.ts';
import type {Attacker} from './attacker.ts';
import {type Compared, type Figures, figuresOf, hasFigures} from './figures.ts';

export interface ModelColumn {
	readonly kind: 'model';
	readonly name: string;
	readonly inForce: boolean;
	readonly control: boolean;
	readonly figures: Figures;
	readonly stack: Candidate['stack'];
}

export interface MeasuredColumn {
	readonly kind: 'measured';
	/** Null before anybody attacked. */
	readonly losses: MeasuredLosses | null;
	/** Null before anything was probed. */
	readonly needs: {readonly broken: number; readonly probed: number; readonly dependencies: number} | null;
}

export interface MeasuredLosses {
	readonly lost: number;
	readonly others: number;
	readonly jewelsLost: number;
	readonly jewels: number;
	/** Kinds that fell, by environment. */
	readonly byEnvironment: ReadonlyMap<string, number>;
	/** Kinds in which attackers started since the last reset. */
	readonly footholds: number;
	/** The attack goes on. */
	readonly going: boolean;
	/** Some fell under another policy. */
	readonly earlier: boolean;
}

export type Column = ModelColumn | MeasuredColumn;

/** In the order of the rehearsal; a policy in force that is no candidate comes last. */
export const columnsOf = (world: World, attacker: Attacker | null): readonly Column[] =>
	subjectsOf(world).flatMap(({name, inForce, ...judged}): readonly Column[] => [
		{
			kind: 'model',
			...{name, inForce},
			control: judged.stack.length === 0,
			figures: figuresOf(comparedOf(world, attacker, judged)),
			stack: judged.stack,
		},
		...(inForce ? [measuredOf(world)] : []),
	]);

/** Columns whose figures nobody worked out so far, each with what does it. */
export const missingOf = (
	world: World,
	attacker: Attacker | null,
): readonly {readonly name: string; workOut(): void}[] =>
	subjectsOf(world).flatMap(({name, ...judged}) => {
		const compared = comparedOf(world, attacker, judged);
		return hasFigures(compared) ? [] : [{name, workOut: () => void figuresOf(compared)}];
	});

interface Judged {
	readonly stack: Candidate['stack'];
	readonly placement: Candidate['placement'];
}

const comparedOf = (
	{rehearsal: {topology}}: World,
	attacker: Attacker | null,
	{stack, placement}: Judged,
): Compared => ({
	...{topology, stack, placement, attacker},
});

function subjectsOf({policy, rehearsal: {candidates}}: World): readonly (Judged & {
	readonly name: string;
	readonly inForce: boolean;
})[] {
	const isInForce = (one: Candidate): boolean => one.name === policy.name && one.placement === policy.placement;
	const several = new Set(
		candidates.flatMap(({name}, at) => (candidates.findIndex(one => one.name === name) === at ? [] : [name])),
	);
	const subject = ({name, stack, placement}: Judged & {readonly name: string}, inForce: boolean) => ({
		name: several.has(name) ? `${name} (${placement})` : name,
		...{stack, placement, inForce},
	});
	return [
		// What is in force is the policy that a lab says, with its quarantines.
		...candidates.map(one => (isInForce(one) ? subject(policy, true) : subject(one, false))),
		...(candidates.some(isInForce) ? [] : [subject(policy, true)]),
	];
}

function measuredOf(world: World): MeasuredColumn {
	const {attack, fates, policy, rehearsal} = world;
	const {lost, others, jewelsLost, jewels, broken, dependencies, probed} = gauges(world);
	const fallen = new Map<string, string | null>();
	const footholds = new Set<string>();
	let earlier = false;
	for (const {name, kind, environment} of rehearsal.topology.workloads) {
		const fate = fates.get(name);
		if (fate === undefined || fate.state === 'tried') continue;
		if (fate.foothold) footholds.add(kind);
		else fallen.set(kind, environment);
		earlier ||= !fate.foothold && fate.atMs < policy.sinceMs;
	}
	const byEnvironment = new Map<string, number>();
	for (const [kind, environment] of fallen)
		if (environment !== null && !footholds.has(kind))
			byEnvironment.set(environment, (byEnvironment.get(environment) ?? 0) + 1);
	const attacked = attack !== null || footholds.size > 0;
	return {
		kind: 'measured',
		losses: attacked
			? {
					lost,
					others,
					jewelsLost,
					jewels,
					byEnvironment,
					footholds: footholds.size,
					going: attack !== null && attack.ended === null,
					earlier,
				}
			: null,
		needs: broken === null ? null : {broken, probed, dependencies},
	};
}
