// Both sides of a comparison, loaded.
import {join} from 'node:path';
import {plainWord} from '../../core/files/plain-word.ts';
import {type Parsed, type Problem, renderProblem} from '../../core/model/problem.ts';
import type {Candidate, Rehearsal} from '../../core/model/rehearsal.ts';
import type {LoadOptions} from '../../rehearsals/load-options.ts';
import {openRevision, partingOf} from '../../rehearsals/revision.ts';
import {loadSubject, type Subject} from '../../rehearsals/subject.ts';
import type {Comparison} from './words.ts';

export interface LoadedSide extends Subject {
	/** What the user calls it: a candidate, a folder, a revision. */
	readonly label: string;
}

export interface Sides {
	readonly before: LoadedSide;
	readonly after: LoadedSide;
}

type Load = (folderOrFile: string, candidate: string | undefined) => Promise<Parsed<Subject>>;

/** Both, or the problems of both at once, each with the side it is on. A revision's copy is gone when this is done. */
export async function loadSides(
	comparison: Comparison,
	options: LoadOptions,
	interrupted: AbortSignal,
): Promise<Parsed<Sides>> {
	const load: Load = (folder, candidate) => loadSubject(folder, candidate, options);
	switch (comparison.kind) {
		case 'candidates':
			return ofCandidates(comparison, load);
		case 'folders': {
			const {before, after, candidate} = comparison;
			const [was, is] = [await load(before, candidate), await load(after, candidate)];
			return both(named(was, before, `${before}/`), named(is, after, `${after}/`));
		}
		case 'revisions': {
			const {dir, after, candidate, parted} = comparison;
			const from = parted ? await partingOf(dir, comparison.before, after!, interrupted) : ok(comparison.before);
			if (from.kind === 'wrong') return from;
			const at = (revision: string, label: string): Promise<Parsed<LoadedSide>> =>
				atRevision(dir, {revision, label, candidate}, load, interrupted);
			const was = await at(from.value, comparison.before);
			const is = after === null ? named(await load(dir, candidate), 'now', '') : await at(after, after);
			return both(was, is);
		}
		default:
			return comparison satisfies never;
	}
}

const ok = <T>(value: T): Parsed<T> => ({kind: 'ok', value, warnings: []});

async function ofCandidates(
	{dir, before, after}: Extract<Comparison, {kind: 'candidates'}>,
	load: Load,
): Promise<Parsed<Sides>> {
	const is = await load(dir, after);
	if (is.kind === 'wrong' && before === undefined) return is;
	const was = is.kind === 'wrong' ? await load(dir, before) : await other(is.value.rehearsal, dir, before, load);
	const label = (one: Parsed<Subject>): Parsed<LoadedSide> =>
		named(one, one.kind === 'ok' ? one.value.candidate.name : '', '');
	return both(label(was), label(is));
}

/** Another candidate of the same rehearsal; undefined is today's. */
async function other(
	rehearsal: Rehearsal,
	dir: string,
	name: string | undefined,
	load: Load,
): Promise<Parsed<Subject>> {
	const fits = (one: Candidate): boolean => (name === undefined ? one.today : one.name === name);
	const candidate = rehearsal.candidates.find(fits);
	if (candidate !== undefined) return ok({rehearsal, candidate});
	if (name !== undefined) return load(dir, name);
	const names = rehearsal.candidates.map(one => one.name).join(', ');
	const what = `${plainWord(rehearsal.name)} does not say what is in force today`;
	return {
		kind: 'wrong',
		problems: [{where: {file: dir, line: 1, column: 1}, what, mend: `name two of its candidates: ${names}`}],
	};
}

async function atRevision(
	dir: string,
	{revision, label, candidate}: {revision: string; label: string; candidate: string | undefined},
	load: Load,
	interrupted: AbortSignal,
): Promise<Parsed<LoadedSide>> {
	const opened = await openRevision(dir, revision, interrupted);
	if (opened.kind === 'wrong') return opened;
	await using copy = opened.value;
	return named(await load(copy.path, candidate), label, `${label}:`);
}

/** Problems and warnings of a side say which side: `main:shop.policy.yaml`, `old/shop.policy.yaml`. */
function named(loaded: Parsed<Subject>, label: string, prefix: string): Parsed<LoadedSide> {
	const told = (problem: Problem): Problem => {
		const {file} = problem.where;
		const own = prefix === '' || file.startsWith(prefix) || `${file}/` === prefix || file.startsWith('--');
		return own ? problem : {...problem, where: {...problem.where, file: prefixed(prefix, file)}};
	};
	return loaded.kind === 'wrong'
		? {kind: 'wrong', problems: loaded.problems.map(told)}
		: {kind: 'ok', value: {...loaded.value, label}, warnings: loaded.warnings.map(told)};
}

const prefixed = (prefix: string, file: string): string =>
	prefix.endsWith('/') ? join(prefix, file) : `${prefix}${file}`;

function both(before: Parsed<LoadedSide>, after: Parsed<LoadedSide>): Parsed<Sides> {
	if (before.kind === 'ok' && after.kind === 'ok')
		return {
			kind: 'ok',
			value: {before: before.value, after: after.value},
			warnings: [...before.warnings, ...after.warnings],
		};
	const problems = [before, after].flatMap(one => (one.kind === 'wrong' ? one.problems : []));
	return {kind: 'wrong', problems: [...new Map(problems.map(one => [renderProblem(one), one])).values()]};
}
