// Which ends a selector means, each selector and each requirement asked once: a folder of a thousand policies says the
// same few hundred things over and over.
import type {Requirement, Selector, Term} from '../model/policy.ts';
import {holds, type Networks, reaches} from '../policy/selector.ts';
import {addBit, type BitSet, bitSet, bothBits, eitherBits} from './bit-set.ts';
import type {LintEnd} from './ends.ts';

export interface SelectorSets {
	of(selector: Selector): BitSet;
	ofTerm(term: Term): BitSet;
}

export function selectorSets(ends: readonly LintEnd[], networks: Networks): SelectorSets {
	const bySelector = new Map<Selector, BitSet>();
	const byText = new Map<string, BitSet>();
	const where = (holdsFor: (end: LintEnd) => boolean): BitSet => {
		const set = bitSet(ends.length);
		for (const end of ends) if (holdsFor(end)) addBit(set, end.index);
		return set;
	};
	const once = (text: string, make: () => BitSet): BitSet => {
		const set = byText.get(text) ?? make();
		byText.set(text, set);
		return set;
	};
	const ofRequirement = (requirement: Requirement): BitSet =>
		requirement.kind === 'is'
			? of(requirement.selector)
			: once(JSON.stringify(requirement), () => where(end => holds(requirement, end, networks)));
	const ofTerm = ({reach, requirements}: Term): BitSet =>
		requirements.reduce(
			(set, requirement) => bothBits(set, ofRequirement(requirement)),
			once(reach, () => where(({workload}) => reaches(reach, workload))),
		);
	const of = (selector: Selector): BitSet => {
		const set =
			bySelector.get(selector) ?? selector.reduce((sum, term) => eitherBits(sum, ofTerm(term)), bitSet(ends.length));
		bySelector.set(selector, set);
		return set;
	};
	return {of, ofTerm};
}
