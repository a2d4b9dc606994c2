// The words of findings that more than one kind needs.
import {orList, portWord} from '../explain/words.ts';
import {placeText} from '../measure/rule-text.ts';
import type {Direction, Policy, PortMatch, RuleRef} from '../model/policy.ts';
import {kindsIn, type LintEnd} from './ends.ts';

/** `"web calls api"`: a rule by the name that somebody gave it. */
export const ruleName = ({name, tier, policy}: RuleRef): string =>
	tier === 'isolation' ? `the isolation by ${policy}` : tier === 'default' ? `the default of ${policy}` : `"${name}"`;

/** The same, with where it stands. */
export const rulePlace = (ref: RuleRef): string =>
	ref.where === null ? ruleName(ref) : `${ruleName(ref)} (${placeText(ref.where)})`;

/** `a`, `a and b`, `a, b and 3 more`. */
export function someOf(names: readonly string[], most = 3): string {
	const all = [...new Set(names)];
	if (all.length > most) return `${all.slice(0, most - 1).join(', ')} and ${all.length - most + 1} more`;
	return all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`;
}

/** `1 flow`, `2 flows`. */
export const many = (count: number, one: string, more = `${one}s`): string =>
	`${count.toLocaleString('en-US')} ${count === 1 ? one : more}`;

/** The kinds of the workloads, or the address. */
export const kindNames = (end: LintEnd): readonly string[] =>
	end.workload === null ? [end.address] : kindsIn(end).map(({kind}) => kind);

/** `http or 8080/tcp`: the entries of `on` as a file has them. */
export const portWordsOf = (on: readonly PortMatch[]): string => orList(on.map(portWord));

/** What an end does in a direction. */
export const verb: Readonly<Record<Direction, 'send' | 'receive'>> = {egress: 'send', ingress: 'receive'};

export const isKubernetes = ({dialect}: Policy): boolean => dialect === 'kubernetes';
