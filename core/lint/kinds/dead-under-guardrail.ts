import type {Fate} from '../fate.ts';
import {type Finding, type FindingKind, finding} from '../finding.ts';
import type {LintCase} from '../lint-case.ts';
import {flowsMet, witnessOf} from '../witness.ts';
import {rulePlace, someOf} from '../words.ts';
import {isDeadAllow} from './shadowed-rule.ts';

export const deadUnderGuardrail: FindingKind = {
	id: 'dead-under-guardrail',
	severities: ['warning'],
	title: 'an allow that a guardrail denies in full',
	looksFor:
		'A rule that allows flows all of which a guardrail denies, at the same end or at the other one. Where the guardrail leaves one of them open there is nothing to tell: most guardrails cut a part out of wide rules.',
	find: linted => [
		...linted.fates.flatMap(fate =>
			fate.kind === 'shadowed' && isDeadAllow(fate, linted) ? [deniedHere(fate, linted)] : [],
		),
		...linted.blocked
			.filter(({witness}) => witness.rule.tier === 'guardrails')
			.map(({written: {rule, ref}, witness}) =>
				finding({
					severity: 'warning',
					where: rule.where,
					what: `"${rule.name}" allows nothing: the guardrail ${rulePlace(witness.rule)} denies all of it at the other end`,
					mend,
					rule: ref,
					witness,
				}),
			),
	],
};

const mend = 'make an exception in the guardrail (unless, or a pass before it), or remove the rule';

function deniedHere(
	{written, by, encounters}: Extract<Fate, {kind: 'shadowed' | 'redundant'}>,
	linted: LintCase,
): Finding {
	const {rule, ref} = written;
	const denying = by.filter(one => linted.actionOf(one) === 'deny');
	const ids = new Set(denying.map(({id}) => id));
	return finding({
		severity: 'warning',
		where: rule.where,
		what: `"${rule.name}" allows nothing: ${denying.length === 1 ? 'the guardrail' : 'the guardrails'} ${someOf(denying.map(rulePlace))} ${denying.length === 1 ? 'denies' : 'deny'} all of it`,
		mend,
		rule: ref,
		witness: witnessOf(
			linted,
			flowsMet(linted, encounters, ({meeting}) => meeting.matches),
			({egress, ingress}) => [egress, ingress].some(end => end !== null && ids.has(end.rule.id)),
		),
		idle: [rule.id],
		removable: 'today',
	});
}
