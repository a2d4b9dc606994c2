import {type CidrTerm, cidrTerms, wholeFamilies} from '../cidr-terms.ts';
import type {Encounter, Fate} from '../fate.ts';
import {type Finding, type FindingKind, finding} from '../finding.ts';
import type {LintCase} from '../lint-case.ts';
import {flowsMet, witnessOf} from '../witness.ts';

export const wholeInternet: FindingKind = {
	id: 'whole-internet',
	severities: ['warning', 'note'],
	title: 'a range that is every address there is',
	looksFor:
		'An allow from or to a range that is all of IPv4 or IPv6 (`0.0.0.0/0`, or two halves of it), exceptions aside. A warning where it is for every port, a note where it names some: a public service is open to the world by design.',
	find: linted =>
		linted.fates.flatMap(fate =>
			fate.kind === 'works' && fate.written.rule.action === 'allow'
				? [...wide(fate, 'from', linted), ...wide(fate, 'to', linted)]
				: [],
		),
};

function wide(
	{written, encounters}: Extract<Fate, {kind: 'works'}>,
	side: 'from' | 'to',
	linted: LintCase,
): readonly Finding[] {
	const {rule, ref} = written;
	const found = cidrTerms(rule[side]).filter(({term, cidr}) => isAlone(term) && wholeFamilies(cidr).length > 0);
	const [first] = found as [CidrTerm | undefined];
	if (first === undefined) return [];
	const inward = side === 'from';
	const beyond = encounters.filter(({view}) => view.direction === (inward ? 'ingress' : 'egress'));
	const witness = witnessOf(linted, fromOutside(linted, beyond, inward), ({action}) => action === 'allow');
	const all = rule.on === null;
	return [
		finding({
			severity: all ? 'warning' : 'note',
			where: first.term.where,
			what: `"${rule.name}" is open ${inward ? 'from' : 'to'} every address there is${all ? ', on every port' : ''}`,
			mend: inward
				? 'name the ranges that are meant; for a public service, this is how it is'
				: 'name the ranges that are meant: this is also the way out for whatever gets in',
			rule: ref,
			witness,
		}),
	];
}

/** Only a range narrows it. */
const isAlone = ({requirements}: CidrTerm['term']): boolean =>
	requirements.every(({kind}) => kind === 'cidr' || kind === 'is');

/** Flows with an address that no workload owns. */
function* fromOutside(linted: LintCase, encounters: readonly Encounter[], inward: boolean) {
	for (const flow of flowsMet(linted, encounters, ({meeting}) => meeting.decides))
		if (flow !== undefined && (inward ? flow.source : flow.destination).workload === null) yield flow;
}
