// What a rule does once it matches: count, log, and decide.
import {type KernelLog, logGroups, renderLogPrefix} from '../../core/contracts/evidence.ts';
import type {Direction, RulePlace, RuleRef} from '../../core/model/policy.ts';
import {type Statements, safeId} from './chains.ts';

/** The counters of one table, by the rules that need them. */
export interface Counters {
	/** The statement that counts for a rule; declares the counter at its first use. */
	count(name: string): string;
	readonly declared: readonly string[];
}

export function createCounters(): Counters {
	const names = new Set<string>();
	return {
		count(name) {
			names.add(name);
			return `counter name ${name}`;
		},
		get declared() {
			return [...names];
		},
	};
}

/** Where a statement stands, which its log says. */
export interface At {
	readonly place: RulePlace;
	readonly direction: Direction;
}

/** The statement that logs a decision to the group of its kind. */
const logStatement = ({place, direction}: At, decision: KernelLog['decision'], rule: string): string =>
	`log prefix "${renderLogPrefix({direction, decision, rule, placement: place})}" group ${
		decision === 'allow' ? logGroups.accept : logGroups.deny
	}`;

/** Counts, logs and drops what a rule forbids that no user wrote. */
export const fixedStatement = (at: At, counters: Counters, {id}: RuleRef): string =>
	`${counters.count(`c_${at.direction}_${safeId(id)}`)} ${logStatement(at, 'deny', id)} drop`;

/** How a direction's decisions end: `accept`, `drop`, or a `goto` that ends so. */
export interface Verdicts {
	readonly allow: string;
	readonly deny: string;
}

/** The stack in force: counts, logs and decides. */
export const inForceStatements = (at: At, counters: Counters, verdicts: Verdicts): Statements => ({
	decide: (action, {id}) =>
		[counters.count(`c_${at.direction}_${safeId(id)}`), logStatement(at, action, id), verdicts[action]].join(' '),
	pass: ({id}, chain) => `${counters.count(`c_${at.direction}_${safeId(id)}`)} goto ${chain}`,
});

/**
 * The stack as if, walked after the one in force has decided `decided`: logs where it would have decided otherwise, and
 * then lets that decision happen, which is `verdict`.
 */
export const asIfStatements = (at: At, counters: Counters, decided: 'allow' | 'deny', verdict: string): Statements => ({
	decide: (action, {id}: RuleRef) =>
		action === decided
			? verdict
			: [
					counters.count(`c_${at.direction}_would_${safeId(id)}`),
					logStatement(at, `would-${action}`, id),
					verdict,
				].join(' '),
	pass: (_ref, chain) => `goto ${chain}`,
});
