// One label of a selector: which keys and values the topology has, and what to say of those it has not.
import type {Requirement, Term} from '../model/policy.ts';
import {plainWord} from './plain-word.ts';
import {type Path, type Reading, report} from './reading.ts';
import type {TestInput} from './selector-schema.ts';
import {suggest, suggestNear} from './suggest.ts';
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
	const known = valuesInReach(reading, {key, reach});
	if (known === undefined) reportKey(reading, {key, reach}, path);
	else
		for (const {text, path: at} of values) {
			if (text === '*' || known.has(text)) continue;
			const what = `no ${subject[reach]} has the label ${plainWord(key)}=${plainWord(text)}`;
			report(reading, {path: at, part: alone ? 'key' : 'value'}, {what, mend: suggest(reading, text, known)});
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
			: suggestNear(reading, key, words) || suggest(reading, key, labels);
	report(reading, {path, part: 'key'}, {what: `no ${subject[reach]} has a label ${plainWord(key)}`, mend});
}

/** Values of a label at the hosts that a term of this reach can match; undefined where none of them has it. */
function valuesInReach(
	{known: {labels, outsideLabels}}: Reading,
	{key, reach}: {readonly key: string; readonly reach: Term['reach']},
): ReadonlySet<string> | undefined {
	const inside = reach === 'outside' ? undefined : labels.get(key);
	const outside = reach === 'workloads' ? undefined : outsideLabels.get(key);
	return inside === undefined || outside === undefined ? (inside ?? outside) : new Set([...inside, ...outside]);
}
