// What `matrix`, `explain`, `diff`, `check` and `simulate` look at: one topology under one candidate.
import type {Parsed, Problem} from '../core/model/problem.ts';
import type {Candidate, Rehearsal} from '../core/model/rehearsal.ts';
import {loadRehearsal} from './load.ts';
import type {LoadOptions} from './load-options.ts';
import {narrowed} from './select.ts';

export interface Subject {
	readonly rehearsal: Rehearsal;
	/** `flat` where there is no policy at all. */
	readonly candidate: Candidate;
}

/**
 * The rehearsal in `folderOrFile` (as `loadRehearsal` has it; `-` is manifests on standard input) and one of its
 * candidates: the one of that name, else the only one beside the control. Several and no name is a problem.
 */
export async function loadSubject(
	folderOrFile: string,
	candidate: string | undefined,
	options: LoadOptions,
): Promise<Parsed<Subject>> {
	const loaded = await loadRehearsal(folderOrFile, options);
	if (loaded.kind === 'wrong') return loaded;
	const chosen = chosenOf(loaded.value, candidate);
	if (chosen.kind === 'wrong') return chosen;
	return {kind: 'ok', value: {rehearsal: loaded.value, candidate: chosen.value}, warnings: loaded.warnings};
}

/** The one of that name, else the only one beside the control. */
export function chosenOf(rehearsal: Rehearsal, name: string | undefined): Parsed<Candidate> {
	const [control, ...others] = rehearsal.candidates as [Candidate, ...Candidate[]];
	if (name === control.name) return chosen(control);
	if (name === undefined) return others.length > 1 ? several(others) : chosen(others[0] ?? control);
	const named = narrowed(rehearsal, {candidate: [name]});
	if (named.kind === 'wrong') return named;
	const found = named.value.candidates.slice(1);
	return found.length > 1 ? several(found) : chosen(found[0] ?? control);
}

const chosen = (value: Candidate): Parsed<Candidate> => ({kind: 'ok', value, warnings: []});

function several(candidates: readonly Candidate[]): Parsed<Candidate> {
	const problem: Problem = {
		where: {file: '--candidate', line: 1, column: 1},
		what: `there are several candidates: ${candidates.map(({name}) => name).join(', ')}`,
		mend: `say which, such as --candidate ${candidates[0]!.name}`,
	};
	return {kind: 'wrong', problems: [problem]};
}
