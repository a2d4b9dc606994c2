// Selectors as sets of ends: an index from each label and value to the ends that have it, and set algebra above it.
// Answers as `selects` does for each end.
import type {Requirement, Selector, Term} from '../model/policy.ts';
import type {LabelMap, Topology, Workload} from '../model/topology.ts';
import {parseCidr} from './address.ts';
import {addBits, type Bits, bitsWhere, dropBits, everyBit, keepBits, noBits, setBit} from './bits.ts';
import type {Piece} from './cidr-pieces.ts';
import type {TableEnd} from './end-table.ts';
import {networksOf} from './selector.ts';

/** Ends by value of one property. */
type Index = ReadonlyMap<string, readonly number[]>;

/** @param samples - a piece of each kind, by its number */
export function selectedEnds(
	ends: readonly TableEnd[],
	topology: Topology,
	samples: readonly Piece[],
): (selector: Selector) => Bits {
	const size = ends.length;
	const networks = networksOf(topology);
	const known = new Map<Selector, Bits>();
	const indexes = new Map<string, Index>();
	const reached: Readonly<Record<Term['reach'], Bits>> = {
		workloads: bitsWhere(size, at => ends[at]!.workload?.outside === false),
		outside: bitsWhere(size, at => ends[at]!.workload?.outside === true),
		anything: everyBit(size),
	};
	const indexOf = (property: string, valuesOf: (workload: Workload) => readonly string[]): Index => {
		const found = indexes.get(property) ?? makeIndex(ends, valuesOf);
		indexes.set(property, found);
		return found;
	};
	const labelled = (kind: 'label' | 'namespace-label', key: string): Index =>
		indexOf(`${kind} ${key}`, ({labels, namespaceLabels}) => textsOf(kind === 'label' ? labels : namespaceLabels, key));
	const withAny = (index: Index, values: Iterable<string>): Bits => {
		const bits = noBits(size);
		for (const value of values) {
			const its = index.get(value) ?? [];
			for (const end of its) setBit(bits, end);
		}
		return bits;
	};
	const within = (cidrs: readonly string[], except: readonly string[]): Bits => {
		const inside = samples.map(sample => lies(sample, cidrs) && !lies(sample, except));
		return bitsWhere(size, at => inside[ends[at]!.piece]!);
	};
	const holding = (requirement: Requirement): Bits => {
		switch (requirement.kind) {
			case 'label':
			case 'namespace-label': {
				const index = labelled(requirement.kind, requirement.key);
				return withAny(index, requirement.values ?? index.keys());
			}
			case 'namespace':
				return withAny(
					indexOf('namespace', ({namespace}) => (namespace === null ? [] : [namespace])),
					requirement.names,
				);
			case 'workload':
				return withAny(
					indexOf('workload', ({name, kind, base}) => [name, kind, base]),
					requirement.names,
				);
			case 'network':
				return withAny(
					indexOf('network', ({segments}) => segments.flatMap(one => [one, networks.get(one) ?? one])),
					requirement.names,
				);
			case 'cidr':
				return within(requirement.cidrs, requirement.except);
			case 'is':
				return selected(requirement.selector);
			default:
				return requirement satisfies never;
		}
	};
	const ofTerm = ({reach, requirements}: Term): Bits => {
		const bits = reached[reach].slice();
		for (const requirement of requirements)
			if ('wanted' in requirement && !requirement.wanted) dropBits(bits, holding(requirement));
			else keepBits(bits, holding(requirement));
		return bits;
	};
	const selected = (selector: Selector): Bits => {
		const found = known.get(selector);
		if (found !== undefined) return found;
		const bits = noBits(size);
		for (const term of selector) addBits(bits, ofTerm(term));
		known.set(selector, bits);
		return bits;
	};
	return selected;
}

function makeIndex(ends: readonly TableEnd[], valuesOf: (workload: Workload) => readonly string[]): Index {
	const index = new Map<string, number[]>();
	for (const [at, {workload}] of ends.entries()) {
		if (workload === null) continue;
		for (const value of valuesOf(workload)) {
			const its = index.get(value);
			if (its === undefined) index.set(value, [at]);
			else its.push(at);
		}
	}
	return index;
}

const textsOf = (labels: LabelMap, key: string): readonly string[] =>
	Object.hasOwn(labels, key) ? [labels[key]!] : [];

const lies = ({family, first}: Piece, cidrs: readonly string[]): boolean =>
	cidrs.some(cidr => {
		const range = parseCidr(cidr);
		return range.family === family && range.first <= first && first <= range.last;
	});
