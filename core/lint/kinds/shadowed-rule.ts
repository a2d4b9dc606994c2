import type {Encounter, Fate} from '../fate.ts';
import {type Finding, type FindingKind, finding} from '../finding.ts';
import type {LintCase} from '../lint-case.ts';
import {flowsMet, witnessOf} from '../witness.ts';
import {rulePlace, someOf} from '../words.ts';

export const shadowedRule: FindingKind = {
	id: 'shadowed-rule',
	severities: ['warning', 'note'],
	title: 'a rule that never decides, since others decide first',
	looksFor:
		'A guardrail, or a rule of the baseline, that matches some flows and decides none, for what is asked before it decides all of them, at every end and in both directions. A warning where all that stand before it in its own list decide otherwise than it says; a note where one says the same or they stand above that list, for a second line of defence is often meant. A guardrail that no rule happens to contradict is none: it guards against the rules to come.',
	find: linted =>
		linted.fates.flatMap(fate => (fate.kind === 'shadowed' && !isDeadAllow(fate, linted) ? [found(fate, linted)] : [])),
};

type Shadowed = Extract<Fate, {kind: 'shadowed' | 'redundant'}>;

/** An allow among the rules that a guardrail denies: told as `dead-under-guardrail`. */
export const isDeadAllow = ({written, by}: Shadowed, {actionOf}: LintCase): boolean =>
	written.tier === 'rules' && by.some(ref => actionOf(ref) === 'deny');

function found(fate: Shadowed, linted: LintCase): Finding {
	const {written, by, encounters, surely} = fate;
	const {rule, tier, ref} = written;
	const alike = by.every(one => linted.actionOf(one) === rule.action);
	const beside = by.filter(one => one.tier === tier);
	const contrary = beside.length > 0 && beside.every(one => linted.actionOf(one) !== rule.action);
	const ids = new Set(by.map(({id}) => id));
	const says = alike ? 'and say the same' : 'and say otherwise';
	const first = by.length === 1 ? says.replace('say', 'says') : says;
	return finding({
		severity: contrary ? 'warning' : 'note',
		where: rule.where,
		what: `"${rule.name}" never decides: ${someOf(by.map(rulePlace))} ${by.length === 1 ? 'decides' : 'decide'} all that it matches before it, ${first}`,
		mend: contrary
			? 'put it first, or remove it'
			: surely
				? 'remove it, unless it is there as a second line'
				: 'it is a second line: remove it if that is not meant',
		rule: ref,
		witness: witnessOf(
			linted,
			flowsMet(linted, encounters, ({meeting}: Encounter) => meeting.matches),
			({egress, ingress}) => [egress, ingress].some(end => end !== null && ids.has(end.rule.id)),
		),
		idle: [rule.id],
		removable: alike ? (surely && rule.action === 'allow' ? 'surely' : 'today') : 'no',
	});
}
