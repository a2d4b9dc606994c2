// Every rule that an end is asked about a peer, in order, with what each of them decides.
import type {Direction, RuleRef} from '../model/policy.ts';
import type {Program, RuleTable, TableStep} from '../policy/rule-table.ts';
import {difference, everyPort, intersection, noPorts, type PortSet, union} from './port-set.ts';
import type {Considered} from './reach.ts';

/** Every step of a program whose own end it is, in order. */
export function localSteps(
	{steps, words, sends, receives}: RuleTable,
	program: Program,
	direction: Direction,
	{source, destination}: {readonly source: number; readonly destination: number},
): readonly number[] {
	const [selected, own] = direction === 'egress' ? [sends, source] : [receives, destination];
	const list: number[] = [];
	for (let at = 0; at < steps.length; at++) {
		const word = program.steps[at >>> 5]! & selected[own * words + (at >>> 5)]!;
		if (((word >>> (at & 31)) & 1) === 1) list.push(at);
	}
	return list;
}

/** Guardrails, rules, isolation, baseline, default: each decides what is left. What passed goes on with the rules. */
export function inOrder(
	{steps, firstRule, firstBaseline}: RuleTable,
	{isolation, otherwise}: Program,
	own: readonly number[],
	matchOf: (step: TableStep) => PortSet,
): readonly Considered[] {
	const list: Considered[] = [];
	let left: PortSet = everyPort;
	let passed: PortSet = noPorts;
	const each = (from: number, to: number): void => {
		for (const at of own) {
			if (at < from || at >= to) continue;
			const {ref: rule, tier, rule: written} = steps[at]!;
			const matches = matchOf(steps[at]!);
			const decides = intersection(matches, left);
			list.push({rule, tier, action: written.action, matches, decides});
			left = difference(left, decides);
			if (written.action === 'pass') passed = union(passed, decides);
		}
	};
	const ending = (rule: RuleRef, action: 'allow' | 'deny'): void => {
		list.push({rule, tier: rule.tier, action, matches: everyPort, decides: left});
		left = noPorts;
	};
	each(0, firstRule);
	left = union(left, passed);
	each(firstRule, firstBaseline);
	if (isolation !== null) ending(isolation.rule, 'deny');
	each(firstBaseline, steps.length);
	ending(otherwise.rule, otherwise.action);
	return list;
}
