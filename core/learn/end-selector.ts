// Some ends as a selector: the fewest labels that mean them and nobody who must not be meant, and names where no labels do.
import {labelOf} from '../policy/selector.ts';
import type {LearnEnd} from './learn-ends.ts';

/** One map of a native selector, as `renderYaml` writes it. */
export type LearnedTerm = Readonly<Record<string, string | boolean | readonly string[]>>;

export interface EndSelector {
	readonly terms: readonly LearnedTerm[];
	/** The ends that the terms mean. */
	readonly selected: readonly LearnEnd[];
}

/** Label maps of a topology, each with the ends that have it. */
export interface LabelClasses {
	readonly classes: readonly LabelClass[];
	/** Keys, those that most ends have first, the environment last: what a workload is tells more than where. */
	readonly keys: readonly string[];
	readonly ends: readonly LearnEnd[];
}

interface LabelClass {
	readonly labels: Readonly<Record<string, string>>;
	readonly ends: readonly LearnEnd[];
}

export function labelClasses(ends: readonly LearnEnd[]): LabelClasses {
	const inside = ends.filter(({outside}) => !outside);
	const counts = new Map<string, number>();
	for (const {labels} of inside) for (const key of Object.keys(labels)) counts.set(key, (counts.get(key) ?? 0) + 1);
	return {
		ends,
		classes: [...Map.groupBy(inside, ({labelled}) => labelled).values()].map(all => ({
			labels: all[0]!.labels,
			ends: all,
		})),
		keys: [...counts]
			.sort(([a, many], [b, more]) => Number(a === 'env') - Number(b === 'env') || more - many || (a < b ? -1 : 1))
			.map(([key]) => key),
	};
}

/**
 * @param wanted - never empty
 * @param allowed - whether an end that is not wanted may be meant too
 */
export function endSelector(
	known: LabelClasses,
	wanted: readonly LearnEnd[],
	allowed: (end: LearnEnd) => boolean,
): EndSelector {
	const meant = new Set(wanted);
	const mayBe = (end: LearnEnd): boolean => meant.has(end) || allowed(end);
	const touched = known.classes.filter(({ends}) => ends.some(end => meant.has(end)));
	const barred = known.classes.filter(({ends}) => !ends.every(mayBe));
	const clean = touched.filter(one => !barred.includes(one));
	const {terms, left} = labelTerms(known, clean, barred);
	const byLabel = new Set(left.length === clean.length ? [] : clean.filter(one => !left.includes(one)));
	const named = wanted.filter(end => end.outside || ![...byLabel].some(({ends}) => ends.includes(end)));
	const all = [...terms, ...nameTerms(known, named, mayBe)];
	return {terms: all, selected: known.ends.filter(end => all.some(term => means(term, end)))};
}

interface Found {
	readonly terms: readonly LearnedTerm[];
	/** Classes that no labels tell from a barred one. */
	readonly left: readonly LabelClass[];
}

function labelTerms(known: LabelClasses, wanted: readonly LabelClass[], barred: readonly LabelClass[]): Found {
	if (wanted.length === 0) return {terms: [], left: []};
	const term = oneTerm(known, wanted, barred);
	if (term !== undefined) return {terms: [term], left: []};
	if (wanted.length === 1) return {terms: [], left: wanted};
	const parts = known.keys
		.map(key => [...Map.groupBy(wanted, ({labels}) => labelOf(labels, key)).values()])
		.filter(groups => groups.length > 1)
		.map(groups => groups.map(group => labelTerms(known, group, barred)))
		.sort((a, b) => size(a) - size(b));
	const [best] = parts;
	return {terms: best!.flatMap(({terms}) => terms), left: best!.flatMap(({left}) => left)};
}

const size = (parts: readonly Found[]): number =>
	parts.reduce((sum, {terms, left}) => sum + terms.length + 2 * left.length, 0);

/** The term of the fewest keys, and then of the fewest values, that means all the wanted classes and no barred one. */
function oneTerm(
	{keys}: LabelClasses,
	wanted: readonly LabelClass[],
	barred: readonly LabelClass[],
): LearnedTerm | undefined {
	const shared = keys.filter(key => wanted.every(({labels}) => Object.hasOwn(labels, key))).slice(0, mostKeys);
	const values = new Map(shared.map(key => [key, [...new Set(wanted.map(({labels}) => labels[key]!))].sort()]));
	const sets = [...choices(shared, 1), ...choices(shared, 2), ...choices(shared, 3), shared];
	let best: {readonly key: readonly string[]; readonly cost: number} | undefined;
	for (const key of sets) {
		if (key.length === 0 || (best !== undefined && key.length > best.key.length)) break;
		const cost = key.reduce((sum, one) => sum + values.get(one)!.length, 0);
		if (best !== undefined && cost >= best.cost) continue;
		const meets = barred.some(({labels}) =>
			key.every(one => Object.hasOwn(labels, one) && values.get(one)!.includes(labels[one]!)),
		);
		if (!meets) best = {key, cost};
	}
	return best === undefined
		? undefined
		: Object.fromEntries(best.key.map(key => [key, onlyOne(values.get(key)!)] as const));
}

/** Of workloads with more labels, those that most have are tried. */
const mostKeys = 12;

function choices(keys: readonly string[], count: number): readonly (readonly string[])[] {
	if (count === 0) return [[]];
	return keys.flatMap((key, at) => choices(keys.slice(at + 1), count - 1).map(rest => [key, ...rest]));
}

/** A workload by its name in all environments, where all of them may be meant; else in one. */
function nameTerms(
	{ends}: LabelClasses,
	named: readonly LearnEnd[],
	mayBe: (end: LearnEnd) => boolean,
): readonly LearnedTerm[] {
	if (named.length === 0) return [];
	const outside = ends.filter(end => end.outside);
	if (outside.length > 1 && outside.every(end => named.includes(end)))
		return [
			{outside: true},
			...nameTerms(
				{ends, classes: [], keys: []},
				named.filter(end => !end.outside),
				mayBe,
			),
		];
	const names = named.map(end =>
		ends.every(({base}, at) => base !== end.base || mayBe(ends[at]!)) ? end.base : end.kind,
	);
	return [{workload: onlyOne([...new Set(names)].sort())}];
}

/** As the evaluator reads the term. */
function means(term: LearnedTerm, {kind, base, labels, outside}: LearnEnd): boolean {
	if (term.outside === true) return outside;
	if (term.workload !== undefined) return [term.workload].flat().some(name => name === kind || name === base);
	return (
		!outside && Object.entries(term).every(([key, values]) => [values].flat().includes(labelOf(labels, key) ?? false))
	);
}

export const onlyOne = <T>(values: readonly T[]): T | readonly T[] => (values.length === 1 ? values[0]! : values);
