// What `apply` puts in force on a lab: a candidate of its rehearsal by name, or policy files read against its topology.
import {resolve} from 'node:path';
import {didYouMean} from '../core/files/nearest.ts';
import {plainWord} from '../core/files/plain-word.ts';
import {parsePolicies, type Source} from '../core/files/policy.ts';
import type {Placement} from '../core/model/policy.ts';
import type {Parsed, Problem} from '../core/model/problem.ts';
import type {Candidate, Rehearsal} from '../core/model/rehearsal.ts';
import {inputFiles} from './input-files.ts';
import type {Enforced} from './rulesets.ts';

/**
 * One word may be a candidate; else all of them are files, in force together. A file is never shadowed by a name: it has a dot or a
 * slash.
 *
 * @param asked - where it is to be enforced, whatever the candidate says; a file is enforced at `host` else
 */
export async function loadEnforced(
	words: readonly string[],
	rehearsal: Rehearsal,
	asked?: Placement,
): Promise<Parsed<Enforced>> {
	const [first = ''] = words;
	if (words.length === 1 && !/[./\\]/.test(first)) return candidateOf(first, rehearsal, asked);
	const files = inputFiles(resolve('.'));
	const problems: Problem[] = [];
	const sources: Source[] = [];
	for (const word of words) {
		const found = await files.find(word);
		if (found.kind === 'file') sources.push(found);
		else if (found.kind === 'wrong') problems.push(at(found.what, found.mend));
		else problems.push(at(`${plainWord(word)} is a folder`, 'name policy files of it, or a candidate'));
	}
	if (problems.length > 0) return {kind: 'wrong', problems};
	const parsed = parsePolicies(sources, rehearsal.topology);
	if (parsed.kind === 'wrong') return parsed;
	const name = sources.map(({file}) => file.replace(/^.*\//, '').replace(/\.policy\.ya?ml$/, '')).join('+');
	return {...parsed, value: {name, stack: parsed.value, placement: asked ?? 'host'}};
}

function candidateOf(name: string, {candidates}: Rehearsal, asked?: Placement): Parsed<Enforced> {
	const exact = candidates.filter(candidate => candidate.name === name);
	const found = exact.length > 0 ? exact : candidates.filter(candidate => candidate.name.startsWith(`${name}@`));
	const known = candidates.map(candidate => candidate.name);
	if (found.length === 0)
		return wrong(
			`the lab’s rehearsal has no candidate ${plainWord(name)}`,
			`${didYouMean(name, known)}; a file is written ./${plainWord(name)}.policy.yaml`,
		);
	if (found.length > 1 && asked === undefined)
		return wrong(`${name} stands at several placements`, `name one: ${found.map(one => one.name).join(', ')}`);
	const [chosen] = found as [Candidate];
	return {kind: 'ok', value: {...chosen, placement: asked ?? chosen.placement}, warnings: []};
}

const at = (what: string, mend: string): Problem => ({where: {file: 'apply', line: 1, column: 1}, what, mend});
const wrong = (what: string, mend: string): Parsed<Enforced> => ({kind: 'wrong', problems: [at(what, mend)]});
