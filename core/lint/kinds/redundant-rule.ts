import type {Fate} from '../fate.ts';
import {type Finding, type FindingKind, finding} from '../finding.ts';
import type {LintCase} from '../lint-case.ts';
import {flowsMet, witnessOf} from '../witness.ts';
import {rulePlace, someOf} from '../words.ts';

export const redundantRule: FindingKind = {
	id: 'redundant-rule',
	severities: ['note'],
	title: 'a rule without which the same is allowed',
	looksFor:
		'An allow whose every flow others allow as well (one rule, several together, or the default), at every end, in both directions and for each replica; or a pass that no guardrail stands behind. Of two that say the same the later one is told, of a wide and a narrow one the narrow. All that are told can go together.',
	find: linted => linted.fates.flatMap(fate => (fate.kind === 'redundant' ? [found(fate, linted)] : [])),
};

function found(
	{written, by, encounters, surely}: Extract<Fate, {kind: 'redundant' | 'shadowed'}>,
	linted: LintCase,
): Finding {
	const {rule, ref} = written;
	const common = {severity: 'note', where: rule.where, rule: ref, idle: [rule.id]} as const;
	if (rule.action === 'pass')
		return finding({
			...common,
			what: `"${rule.name}" passes over nothing: no guardrail behind it means the same flows`,
			mend: 'remove it, unless it is there for guardrails to come',
			removable: 'today',
		});
	return finding({
		...common,
		what: `"${rule.name}" allows nothing that ${someOf(by.map(rulePlace))} ${by.length === 1 ? 'does' : 'do'} not allow already`,
		mend: surely
			? 'remove it: --fix does'
			: by.every(({tier}) => tier === 'default')
				? 'it will count once the default is deny'
				: 'true of the workloads there are now: remove it, unless it is meant for others to come',
		witness: witnessOf(
			linted,
			flowsMet(linted, encounters, ({meeting}) => meeting.matches),
			({action}) => action === 'allow',
		),
		removable: surely ? 'surely' : 'today',
	});
}
