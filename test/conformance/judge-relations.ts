// Sentences about two sets of policies: `contained A in B : yes`.
import type {Case, Corpus} from './corpus.ts';
import type {Judgement} from './judgement.ts';
import {contained, equivalent, forbids, interferes, permits, stronglyEquivalent} from './policy-relations.ts';
import {exceptingPods, type Policed, subjectOf} from './subject.ts';

/** By how it is written: the two sets, in the order of the sentence, and its answer. */
const sentences: readonly {
	readonly written: RegExp;
	readonly answer: (first: Policed, second: Policed) => boolean | string;
}[] = [
	{written: /^equivalence (\S+) (\S+)$/, answer: equivalent},
	{written: /^strongEquivalence (\S+) (\S+)$/, answer: stronglyEquivalent},
	{written: /^contained (\S+) in (\S+)$/, answer: contained},
	{written: /^permits (\S+) all-explicitly-allowed-by (\S+)$/, answer: permits},
	{written: /^forbids (\S+) all-explicitly-allowed-by (\S+)$/, answer: forbids},
	{written: /^interferes (\S+) with (\S+)$/, answer: interferes},
	{written: /^relation (\S+) (\S+)$/, answer: relation},
];

function relation(first: Policed, second: Policed): string {
	const [within, around] = [contained(first, second), contained(second, first)];
	if (within) return around ? 'equivalent' : 'first-properly-contained-in-second';
	return around ? 'second-properly-contained-in-first' : 'neither-contained';
}

export function judgeRelations(corpus: Corpus, one: Case): Judgement {
	const subjects = new Map<string, Policed>();
	const subject = (name: string): Policed => {
		const known = subjects.get(name) ?? dualStack(subjectOf(corpus, filesOf(one, name)));
		subjects.set(name, known);
		return known;
	};
	const lines = corpus
		.read(one.expected)
		.split('\n')
		.filter(line => line.trim() !== '');
	const differences = lines.flatMap(line => {
		const [asked = '', expected = ''] = line.split(' : ').map(part => part.trim());
		for (const {written, answer} of sentences) {
			const match = written.exec(asked);
			if (match === null) continue;
			const [first, second] = [subject(match[1]!), subject(match[2]!)];
			const found = answer(exceptingPods(first, [second.topology]), exceptingPods(second, [first.topology]));
			const got = typeof found === 'string' ? found : found ? 'yes' : 'no';
			return got === expected ? [] : [`${asked}: expected ${expected}, got ${got}`];
		}
		return [`${line}: no such relation is known`];
	});
	return {checked: lines.length, differences};
}

const filesOf = ({input}: Case, name: string): readonly string[] =>
	input.filter(file => file.includes(`/input/${name}/`));

/** Manifests give IPv4 addresses alone; policies about IPv6 would then say nothing of any pod. */
const dualStack = ({topology, stack}: Policed): Policed => ({
	stack,
	topology: {
		...topology,
		workloads: topology.workloads.map((workload, at) => ({
			...workload,
			addresses: workload.addresses.some(({family}) => family === 6)
				? workload.addresses
				: [...workload.addresses, {family: 6, address: `fd00:f1eb::${(at + 1).toString(16)}`, segment: null}],
		})),
	},
});
