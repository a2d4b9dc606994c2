import type {Family} from '../../core/model/topology.ts';
import {type AddressSet, renderElements} from './address-set.ts';

/** A set that a table declares, for matches that need more elements than one likes to read in a line. */
export interface NamedSet {
	readonly name: string;
	readonly type: 'ipv4_addr' | 'ipv6_addr';
	/** Whether an element is more than a single address. */
	readonly interval: boolean;
	readonly elements: string;
}

export interface NamedSets {
	/** The set as the right side of a match: an address, `{ … }`, or `@v4_1` once for equal sets. */
	textOf(family: Family, set: AddressSet): string;
	readonly declared: readonly NamedSet[];
}

const mostInline = 6;
const rendered = new WeakMap<AddressSet, string>();

/** The elements, joined; remembered, since many workloads share their sets. */
function elementsText(set: AddressSet): string {
	const text = rendered.get(set) ?? renderElements(set).join(', ');
	rendered.set(set, text);
	return text;
}

/** The sets of one table, named in the order of their first use. */
export function createNamedSets(): NamedSets {
	const declared: NamedSet[] = [];
	const names = new Map<string, string>();
	return {
		declared,
		textOf(family, set) {
			const text = elementsText(set);
			if (set.length === 1) return text;
			if (set.length <= mostInline) return `{ ${text} }`;
			const name = names.get(text) ?? `v${family}_${declared.length + 1}`;
			if (!names.has(text)) {
				names.set(text, name);
				const interval = set.some(({first, last}) => first !== last);
				declared.push({name, type: family === 4 ? 'ipv4_addr' : 'ipv6_addr', interval, elements: text});
			}
			return `@${name}`;
		},
	};
}
