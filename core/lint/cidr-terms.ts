// The address ranges that rules name, and what they take in.
import type {Requirement, Rule, Selector, Term} from '../model/policy.ts';
import type {Family} from '../model/topology.ts';
import {addressBits, covers, parseAddress, parseCidr} from '../policy/address.ts';

export type CidrRequirement = Extract<Requirement, {kind: 'cidr'}>;

/** A term with a range of its own, or by a name that is defined. */
export interface CidrTerm {
	readonly term: Term;
	readonly cidr: CidrRequirement;
}

export const cidrTerms = (selector: Selector): readonly CidrTerm[] =>
	selector.flatMap(term =>
		term.requirements.flatMap((requirement): readonly CidrTerm[] =>
			requirement.kind === 'cidr'
				? [{term, cidr: requirement}]
				: requirement.kind === 'is'
					? cidrTerms(requirement.selector).map(({cidr}) => ({term, cidr}))
					: [],
		),
	);

/** Those of a rule and of its exceptions. */
export const cidrTermsOf = ({from, to, unless}: Rule): readonly CidrTerm[] =>
	[from, to, ...unless.flatMap(one => [one.from, one.to])].flatMap(cidrTerms);

export function takesIn({cidrs, except}: CidrRequirement, address: string): boolean {
	const within = (cidr: string): boolean => covers(parseCidr(cidr), parseAddress(address));
	return cidrs.some(within) && !except.some(within);
}

/** The families of which it means every address there is, exceptions aside: `0.0.0.0/0`, or its two halves. */
export function wholeFamilies({cidrs}: CidrRequirement): readonly Family[] {
	return ([4, 6] as const).filter(family => {
		let next = 0n;
		const ranges = cidrs.map(parseCidr).filter(range => range.family === family);
		for (const {first, last} of ranges.sort((a, b) => (a.first < b.first ? -1 : 1)))
			if (first <= next && last >= next) next = last + 1n;
		return next === 1n << BigInt(addressBits[family]);
	});
}

export const familiesOf = (terms: readonly CidrTerm[]): readonly Family[] => [
	...new Set(terms.flatMap(({cidr}) => cidr.cidrs.map(text => parseCidr(text).family))),
];
