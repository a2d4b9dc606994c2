// One label of a selector: which keys and values the topology has, and what to say of those it has not.
import type {Requirement, Term} from '../model/policy.ts';
import {didYouMean, nearest} from './nearest.ts';
import {plainWord} from './plain-word.ts';
import {type Path, type Reading, report} from './reading.ts';
import type {TestInput} from './selector-schema.ts';
import {writtenTest} from './written-test.ts';

type LabelRequirement = Extract<Requirement, {kind: 'label' | 'namespace-label'}>;

/** The label at `path`: an unknown key or value is a problem there. `reach` says whose labels count. */
export function readLabel(
	reading: Reading,
	{key, test, reach}: {readonly key: string; readonly test: TestInput; readonly reach: Term['reach']},
	path: Path,
): LabelRequirement {
	const {wanted, alone, values} = writtenTest(test, path);
	const star = values.find(({text}) => text === '*');
	if (star !== undefined && values.length > 1)
		report(reading, {path: star.path}, {what: '"*" stands in a list', mend: 'alone it means that the label is there'});
	const known = labelsInReach(reading, reach).get(key);
	if (known === undefined) reportKey(reading, {key, reach}, path);
	else
		for (const {text, path: at} of values) {
			if (text === '*' || known.has(text)) continue;
			const what = `no ${subject[reach]} has the label ${plainWord(key)}=${plainWord(text)}`;
			report(reading, {path: at, part: alone ? 'key' : 'value'}, {what, mend: didYouMean(text, [...known].sort())});
		}
	return {kind: 'label', key, values: star === undefined ? values.map(({text}) => text) : null, wanted};
}

/** Keys of `same` and `differ`: labels, and the reserved env, network, workload. */
export function readRelation(reading: Reading, keys: readonly string[] | undefined, path: Path): readonly string[] {
	for (const [index, key] of (keys ?? []).entries())
		if (!relationWords.includes(key) && !reading.known.labels.has(key) && !reading.known.outsideLabels.has(key))
			reportKey(reading, {key, reach: 'relation'}, [...path, index]);
	return keys ?? [];
}

const relationWords: readonly string[] = ['env', 'network', 'workload'];

const subject = {workloads: 'workload', outside: 'outside host', anything: 'workload', relation: 'workload'} as const;

function reportKey(
	reading: Reading,
	{key, reach}: {readonly key: string; readonly reach: keyof typeof subject},
	path: Path,
): void {
	const {labels, outsideLabels} = reading.known;
	const words =
		reach === 'relation'
			? [...labels.keys(), ...relationWords]
			: [...labels.keys(), 'workload', 'network', 'cidr', 'is'];
	const mend =
		reach === 'workloads' && outsideLabels.has(key)
			? 'outside hosts have it: add outside: true'
			: nearest(key, words) === undefined
				? didYouMean(key, [...labels.keys()].sort())
				: didYouMean(key, words);
	report(reading, {path, part: 'key'}, {what: `no ${subject[reach]} has a label ${plainWord(key)}`, mend});
}

/** Labels of the hosts that a term of this reach can match. */
function labelsInReach(
	{known: {labels, outsideLabels}}: Reading,
	reach: Term['reach'],
): ReadonlyMap<string, ReadonlySet<string>> {
	if (reach === 'workloads') return labels;
	if (reach === 'outside') return outsideLabels;
	const both = new Map(labels);
	for (const [key, values] of outsideLabels) both.set(key, new Set([...values, ...(labels.get(key) ?? [])]));
	return both;
}
