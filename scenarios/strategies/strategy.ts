import type {Knowledge, PlannedAction} from '../../core/contracts/technique.ts';
import type {StrategyName, TechniqueName} from '../../core/model/scenario.ts';

/** What one technique could do now. */
export type Plan = (technique: TechniqueName) => readonly PlannedAction[];

/** How an attacker chooses among what it could do. */
export interface Strategy {
	readonly name: StrategyName;
	/**
	 * The actions of the next round, in order; empty when the attacker is done. Pure: equal inputs give equal rounds. It
	 * asks for the plans that it needs; a technique that the scenario does not have plans nothing. The
	 * seed decides only the order of targets that are otherwise equal. At most one action of a round tries to compromise
	 * one host, so that what falls is known before it would be tried again.
	 */
	choose(plan: Plan, knowledge: Knowledge, seed: number): readonly PlannedAction[];
}

/** Techniques that take a host, best first where valid secrets are better than noise. */
export const waysIn: readonly TechniqueName[] = [
	'abuse-deploy-server',
	'reuse-ssh-key',
	'reuse-password',
	'exploit-service',
	'spray-passwords',
];

const compromising: ReadonlySet<TechniqueName> = new Set(waysIn);

/** Of what would compromise a host only the first attempt, so that what falls is known before the next. */
export function oneAttemptEach(ordered: readonly PlannedAction[], {hosts}: Knowledge): readonly PlannedAction[] {
	const aimed = new Set<string>();
	return ordered.filter(action => {
		if (!isCompromising(action)) return true;
		const host = hosts.get(action.address ?? '')?.name ?? action.to;
		if (aimed.has(host)) return false;
		aimed.add(host);
		return true;
	});
}

/** Whether an action may end with its target lost. */
export const isCompromising = ({technique}: PlannedAction): boolean => compromising.has(technique);
