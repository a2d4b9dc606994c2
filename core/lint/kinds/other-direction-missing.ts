import type {Blocked} from '../blocked-rules.ts';
import {type Finding, type FindingKind, finding} from '../finding.ts';
import {kindNames, rulePlace, someOf, verb} from '../words.ts';

export const otherDirectionMissing: FindingKind = {
	id: 'other-direction-missing',
	severities: ['warning'],
	title: 'an allow at one end, and none at the other',
	looksFor:
		'An allow that works at its own end and of which no flow arrives, since the other end allows none of them: egress without ingress, or the reverse. Where one flow of it arrives (a wide rule that meets narrow ones, or an end that no policy speaks for) there is nothing to tell. Replies need no rule.',
	find: ({blocked}) => blocked.filter(({witness}) => witness.rule.tier !== 'guardrails').map(found),
};

function found({written, direction, end, peer, witness}: Blocked): Finding {
	const {rule, ref} = written;
	const other = direction === 'egress' ? 'ingress' : 'egress';
	const [near, far] = [someOf(kindNames(end)), someOf(kindNames(peer))];
	const flow = direction === 'egress' ? `send to ${far}` : `receive from ${far}`;
	return finding({
		severity: 'warning',
		where: rule.where,
		what: `"${rule.name}" lets ${near} ${flow}, and nothing lets ${far} ${verb[other]} it: ${rulePlace(witness.rule)} denies`,
		mend:
			direction === 'egress'
				? `allow ${far} to receive it from ${near}, or remove the rule`
				: `allow ${far} to send it to ${near}, or remove the rule`,
		rule: ref,
		witness,
	});
}
