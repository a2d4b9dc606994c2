import type {Selector} from '../../model/policy.ts';
import {difference, everyPort, rangesOf} from '../../reach/port-set.ts';
import {cidrTerms, wholeFamilies} from '../cidr-terms.ts';
import type {Fate} from '../fate.ts';
import {type Finding, type FindingKind, finding} from '../finding.ts';
import type {LintCase} from '../lint-case.ts';
import {portsOf} from '../ports-of.ts';
import {flowsMet, witnessOf} from '../witness.ts';
import {isKubernetes} from '../words.ts';

export const allowAll: FindingKind = {
	id: 'allow-all',
	severities: ['warning', 'note'],
	title: 'an allow for everybody, on every port',
	looksFor:
		'An allow that requires nothing of either end, has no relation and no exception, and means all of TCP and UDP. In Kubernetes the near end is the policy’s own pods, and such a rule is a note: it is how a pod is opened on purpose. A rule that means everybody only because there are few workloads is none.',
	find: linted =>
		linted.fates.flatMap(fate => (fate.kind === 'works' && isAll(fate.written.rule) ? [found(fate, linted)] : [])),
};

const isAll = ({action, from, to, same, differ, unless, on}: Fate['written']['rule']): boolean =>
	action === 'allow' &&
	isEverybody(from) &&
	isEverybody(to) &&
	same.length + differ.length + unless.length === 0 &&
	rangesOf(difference(everyPort, on === null ? everyPort : portsOf(on, null))).every(
		({protocol}) => protocol === 'sctp' || protocol === 'icmp',
	);

/** A term that requires nothing, or ranges that leave nothing out. */
function isEverybody(selector: Selector): boolean {
	if (selector.some(({reach, requirements}) => reach !== 'outside' && requirements.length === 0)) return true;
	const whole = cidrTerms(selector).filter(
		({term, cidr}) => term.requirements.length === 1 && cidr.except.length === 0,
	);
	return new Set(whole.flatMap(({cidr}) => wholeFamilies(cidr))).size === 2;
}

function found({written, encounters}: Extract<Fate, {kind: 'works'}>, linted: LintCase): Finding {
	const {rule, ref, policy, tier} = written;
	const own = isKubernetes(policy) && tier === 'rules';
	const to = rule.direction === 'ingress' ? 'whoever sends' : rule.direction === 'egress' ? 'wherever it goes' : '';
	return finding({
		severity: own ? 'note' : 'warning',
		where: rule.where,
		what: `"${rule.name}" allows everything${to === '' ? ', from everybody to everybody' : `, ${to}`}`,
		mend: own
			? 'name peers and ports, unless these pods are open on purpose'
			: 'name who may talk to whom: beside it no other rule counts',
		rule: ref,
		witness: witnessOf(
			linted,
			flowsMet(linted, encounters, ({meeting}) => meeting.decides),
			({action}) => action === 'allow',
		),
	});
}
