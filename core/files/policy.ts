// Policy files in force together, from text to the stack that evaluator and compiler read.
import type {Policy, Stack} from '../model/policy.ts';
import {type Parsed, type Problem, sortProblems} from '../model/problem.ts';
import type {Topology} from '../model/topology.ts';
import {definedSets} from './defined-sets.ts';
import {type Document, readSalvaging} from './document.ts';
import {policyConflicts} from './policy-conflicts.ts';
import {readTier} from './policy-rules.ts';
import {type PolicyDraft, policySchema, salvagePolicy} from './policy-schema.ts';
import type {Reading} from './reading.ts';
import {readSelector} from './selector.ts';
import {validate} from './validate.ts';
import {type Vocabulary, vocabularyOf} from './vocabulary.ts';

/** A file as it was read: `file` is the name that problems are told with. */
export interface Source {
	readonly file: string;
	readonly text: string;
}

/** A policy file whose syntax and shape are known, so far as they fit. */
interface Draft {
	readonly document: Document;
	readonly input: PolicyDraft;
}

/**
 * The stack of `sources`, which are in force together, in their order: policies `p0`, `p1` …, rules `p0.g1` (guardrails),
 * `p0.r1`, `p0.b1`. Or every problem of all of them at once: what does not fit, and every name that `topology` lacks.
 */
export function parsePolicies(sources: readonly Source[], topology: Topology): Parsed<Stack> {
	const problems: Problem[] = [];
	const drafts = readDrafts(sources, problems);
	const complete = problems.length === 0;
	const known = vocabularyOf(topology);
	const stack = readStack(drafts, {known, problems, complete});
	problems.push(...policyConflicts(drafts, stack, topology));
	return problems.length === 0
		? {kind: 'ok', value: stack, warnings: []}
		: {kind: 'wrong', problems: sortProblems(problems)};
}

/**
 * What is wrong with the files where the topology has problems of its own: their shape, and the names that not even the
 * words of such a topology (null: too little of it can be read) have.
 */
export function checkPolicies(sources: readonly Source[], known: Vocabulary | null): readonly Problem[] {
	const problems: Problem[] = [];
	const drafts = readDrafts(sources, problems);
	if (known !== null) readStack(drafts, {known, problems, complete: problems.length === 0});
	return sortProblems(problems);
}

function readDrafts(sources: readonly Source[], problems: Problem[]): readonly Draft[] {
	return sources.flatMap(({file, text}) => {
		const {document, problems: syntax} = readSalvaging(file, text);
		problems.push(...syntax);
		if (document === null) return [];
		const shape = validate(document, policySchema);
		if (shape.kind === 'wrong') problems.push(...shape.problems);
		return [{document, input: salvagePolicy(document.value)}];
	});
}

function readStack(
	drafts: readonly Draft[],
	{known, problems, complete}: {readonly known: Vocabulary; readonly problems: Problem[]; readonly complete: boolean},
): Stack {
	const sets = definedSets(
		drafts.map(({document, input}) => ({define: input.define, reading: {document, known, problems}})),
		complete,
	);
	return drafts.map(({document, input}, index) =>
		readPolicy({document, known, sets, problems}, {...input, id: `p${index}`}),
	);
}

function readPolicy(reading: Reading, input: PolicyDraft & {readonly id: string}): Policy {
	const {document} = reading;
	const says = (key: string): boolean => Object.hasOwn((document.value ?? {}) as object, key);
	return {
		name: input.policy,
		id: input.id,
		dialect: 'native',
		default: input.default,
		mode: input.mode,
		enforce: readSelector(reading, input.enforce, ['enforce']),
		applies: readSelector(reading, input.applies, ['applies']),
		directions: [...new Set(input.directions)],
		established: input.established,
		denied: input.denied,
		guardrails: readTier(reading, 'guardrails', input),
		rules: readTier(reading, 'rules', input),
		baseline: readTier(reading, 'baseline', input),
		isolates: false,
		where: document.place([says('default') ? 'default' : 'policy'], 'key'),
	};
}
