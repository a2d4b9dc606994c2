import type {Family} from '../../model/topology.ts';
import {cidrTermsOf, familiesOf} from '../cidr-terms.ts';
import {type FamilyGap, familyGap} from '../family-gap.ts';
import {type Finding, type FindingKind, finding} from '../finding.ts';

export const oneFamilyOnly: FindingKind = {
	id: 'one-family-only',
	severities: ['warning', 'note'],
	title: 'an address of one family where the other one has a way of its own',
	looksFor:
		'A rule that names addresses of one family, by which the same two workloads (or a workload and the whole internet) may talk over IPv4 and not over IPv6, or the reverse. A warning where it denies and the other family stays open; a note where it allows one alone. A partner’s prefix that has no counterpart is none, and neither is a topology of one family.',
	find: linted =>
		linted.fates.flatMap(fate => {
			if (fate.kind !== 'works' || familiesOf(cidrTermsOf(fate.written.rule)).length !== 1) return [];
			const gap = familyGap(linted, fate);
			return gap === null ? [] : [told(gap)];
		}),
};

const told = ({written: {rule, ref}, open, witness}: FamilyGap): Finding => {
	const shut: Family = open === 4 ? 6 : 4;
	const denies = rule.action === 'deny';
	const own = familiesOf(cidrTermsOf(rule))[0]!;
	return finding({
		severity: denies ? 'warning' : 'note',
		where: rule.where,
		what: denies
			? `"${rule.name}" denies by IPv${own} addresses alone: over IPv${open} the same gets through`
			: `"${rule.name}" allows by IPv${own} addresses alone: over IPv${shut} the same is denied`,
		mend: `add the IPv${own === 4 ? 6 : 4} addresses, or select by labels`,
		rule: ref,
		witness,
	});
};
