// Answers of the model, each worked out once for a policy.
import {type Answer, answer} from '../../../core/explain/answer.ts';
import {parseQuestion} from '../../../core/explain/question.ts';
import type {Placement, Stack} from '../../../core/model/policy.ts';
import type {Parsed} from '../../../core/model/problem.ts';
import type {Topology} from '../../../core/model/topology.ts';

/** Answers that are kept of each policy. */
const mostKept = 200;

const known = new WeakMap<Stack, WeakMap<Topology, Map<string, Parsed<Answer>>>>();

/** The answer under a policy, or what is wrong with the question. */
export function answered(
	{topology, stack, placement}: {readonly topology: Topology; readonly stack: Stack; readonly placement: Placement},
	words: readonly string[],
): Parsed<Answer> {
	let byTopology = known.get(stack);
	if (byTopology === undefined) known.set(stack, (byTopology = new WeakMap()));
	let answers = byTopology.get(topology);
	if (answers === undefined) byTopology.set(topology, (answers = new Map()));
	const key = JSON.stringify([placement, words]);
	const found = answers.get(key);
	if (found !== undefined) return found;
	if (answers.size >= mostKept) answers.clear();
	const question = parseQuestion(words, topology);
	const made = question.kind === 'wrong' ? question : answer({topology, stack}, question.value, placement);
	answers.set(key, made);
	return made;
}
