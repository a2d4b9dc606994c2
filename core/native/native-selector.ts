// A selector as the native language writes it, by what the topology has: values that no workload has are left out, for a
// native file that names one is refused.
import type {Requirement, Selector, Term} from '../model/policy.ts';
import type {Topology, Workload} from '../model/topology.ts';
import {type NativeNames, namespaceName} from './native-names.ts';

/** One map of a native selector. */
export type NativeTerm = Readonly<Record<string, unknown>>;

/** Every address of both families. */
const everyone: NativeTerm = {cidr: ['0.0.0.0/0', '::/0']};

type Label = Extract<Requirement, {kind: 'label' | 'namespace-label' | 'namespace'}>;

export interface SelectorWriter {
	/** The terms that can match something; empty where none can. `{}` is every workload. @throws Error for terms that no manifest has */
	write(selector: Selector): readonly NativeTerm[];
	/** Keys of namespace labels that were written, so that the topology has to give them to its workloads. */
	readonly namespaceKeys: ReadonlySet<string>;
}

export function selectorWriter({workloads}: Topology, names: NativeNames): SelectorWriter {
	const namespaceKeys = new Set<string>();
	const values = new Map<string, ReadonlySet<string>>();
	const valuesOf = (read: (workload: Workload) => string | undefined, key: string): ReadonlySet<string> => {
		const known = values.get(key) ?? new Set(workloads.filter(one => !one.outside).flatMap(one => read(one) ?? []));
		values.set(key, known);
		return known;
	};
	const subjectOf = (requirement: Label): Subject => {
		if (requirement.kind === 'label') {
			const {key} = requirement;
			const read = ({labels}: Workload): string | undefined => (Object.hasOwn(labels, key) ? labels[key] : undefined);
			return {written: names.label(key), known: valuesOf(read, `label ${key}`)};
		}
		const key = requirement.kind === 'namespace' ? namespaceName : requirement.key;
		const read = ({namespaceLabels: labels}: Workload): string | undefined =>
			Object.hasOwn(labels, key) ? labels[key] : undefined;
		return {written: names.namespaceLabel(key), known: valuesOf(read, `namespace ${key}`), namespaceKey: key};
	};
	const term = ({reach, requirements}: Term): NativeTerm | null => {
		const cidrs = requirements.filter(one => one.kind === 'cidr');
		const barred = requirements.filter(one => one.kind === 'workload');
		const labels = requirements.filter(isLabel);
		const others = requirements.length - cidrs.length - barred.length - labels.length;
		if (others > 0 || cidrs.length > 1 || barred.length > 1 || barred.some(({wanted}) => wanted))
			throw new Error('a selector that no manifest has cannot be written natively');
		if (reach === 'anything' && requirements.length === 0) return everyone;
		const [range] = cidrs;
		const written: Record<string, unknown> =
			range === undefined ? {} : {cidr: [...range.cidrs], ...(range.except.length > 0 && {except: [...range.except]})};
		if (barred[0] !== undefined) written.workload = {not: shortest(barred[0].names.map(name => names.workload(name)))};
		// A range reaches beyond the workloads, and each of those has a namespace.
		if (range !== undefined && reach === 'workloads') {
			written[names.namespaceLabel(namespaceName)] = '*';
			namespaceKeys.add(namespaceName);
		}
		for (const all of Map.groupBy(labels, one => subjectOf(one).written).values()) {
			const {written: key, known, namespaceKey} = subjectOf(all[0]!);
			const test = testOf(all, known);
			if (test === 'nothing') return null;
			if (test === 'anything') continue;
			written[key] = test;
			if (namespaceKey !== undefined) namespaceKeys.add(namespaceKey);
		}
		return written;
	};
	return {namespaceKeys, write: selector => selector.map(term).filter(one => one !== null)};
}

interface Subject {
	readonly written: string;
	/** Values that some workload has. */
	readonly known: ReadonlySet<string>;
	readonly namespaceKey?: string;
}

const isLabel = (requirement: Requirement): requirement is Label =>
	requirement.kind === 'label' || requirement.kind === 'namespace-label' || requirement.kind === 'namespace';

/** What all requirements of one key come to, over the values that there are. */
function testOf(all: readonly Label[], known: ReadonlySet<string>): unknown {
	const valuesOf = (one: Label): readonly string[] | null => (one.kind === 'namespace' ? one.names : one.values);
	const wanted = all.filter(one => one.wanted);
	const barred = all.filter(one => !one.wanted);
	if (wanted.length === 0) {
		if (barred.some(one => valuesOf(one) === null)) return known.size === 0 ? 'anything' : {not: '*'};
		const out = [...new Set(barred.flatMap(one => valuesOf(one)!))].filter(value => known.has(value)).sort();
		return out.length === 0 ? 'anything' : {not: shortest(out)};
	}
	if (barred.some(one => valuesOf(one) === null)) return 'nothing';
	const left = [...known].filter(
		value =>
			wanted.every(one => valuesOf(one)?.includes(value) ?? true) &&
			!barred.some(one => valuesOf(one)!.includes(value)),
	);
	if (left.length === 0) return 'nothing';
	return left.length === known.size && wanted.every(one => valuesOf(one) === null) ? '*' : shortest(left.sort());
}

const shortest = (values: readonly string[]): string | readonly string[] => (values.length === 1 ? values[0]! : values);
