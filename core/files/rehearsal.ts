// rehearsal.yaml as far as it goes without opening the files it names: its shape, and its candidates by name.
import type {Placement} from '../model/policy.ts';
import type {Place, Problem} from '../model/problem.ts';
import type {Document} from './document.ts';
import {type Path, report} from './reading.ts';
import {type CandidateInput, type RehearsalInput, rehearsalSchema} from './rehearsal-schema.ts';
import {salvage} from './salvage.ts';
import {validate} from './validate.ts';

/** A candidate before its policies are read. */
export interface CandidatePlan {
	/** `segmented`, or `segmented@host` where one of several placements. */
	readonly name: string;
	/** Policy files in force together, each with its path in the document. */
	readonly policies: readonly {readonly path: string; readonly at: Path}[];
	readonly placement: Placement;
	readonly today: boolean;
	readonly where: Place;
}

export interface RehearsalFile {
	readonly document: Document;
	/** Undefined where nothing of it can be used. */
	readonly input: RehearsalInput | undefined;
	/** `flat` first, then `today`, then the others as written. */
	readonly candidates: readonly CandidatePlan[];
	/** Each name as written, and those of its runs, which stand for themselves too. */
	readonly names: ReadonlyMap<string, readonly string[]>;
	readonly problems: readonly Problem[];
}

/** The rehearsal's own file, with every problem that it shows alone. */
export function readRehearsalFile(document: Document): RehearsalFile {
	const shape = validate(document, rehearsalSchema);
	const problems: Problem[] = shape.kind === 'wrong' ? [...shape.problems] : [];
	const input = shape.kind === 'ok' ? shape.value : salvage(rehearsalSchema, document.value)?.value;
	if (input === undefined) return {document, input, candidates: [], names: new Map(), problems};
	const reading = {document, problems};
	if (input.budgets !== undefined)
		report(
			reading,
			{path: ['budgets'], part: 'key'},
			{
				what: 'budgets need a git revision to compare with, which this version cannot read',
				mend: 'leave budgets out, and expect what must hold under expect and flows',
			},
		);
	const flat: CandidatePlan = {
		name: 'flat',
		policies: [],
		placement: 'host',
		today: false,
		where: document.place(['candidates'], 'key'),
	};
	const today = input.today === undefined ? [] : plan(reading, {name: 'today', input: input.today}, ['today']);
	const others = Object.entries(input.candidates).flatMap(([name, one]) => {
		const path = ['candidates', name];
		const taken = reserved[name];
		if (taken !== undefined) report(reading, {path, part: 'key'}, {what: taken, mend: 'give it another name'});
		return taken === undefined ? plan(reading, {name, input: one}, path) : [];
	});
	const candidates = [flat, ...today, ...others];
	return {document, input, candidates, names: candidateNames(candidates, document), problems};
}

const reserved: Readonly<Record<string, string>> = {
	flat: 'flat means no policy, and is always run',
	today: 'today means what is in force now, and has a key of its own',
};

/** One candidate for each placement. */
function plan(
	reading: Parameters<typeof report>[0],
	{name, input}: {readonly name: string; readonly input: CandidateInput},
	path: Path,
): readonly CandidatePlan[] {
	const where = reading.document.place(path, 'key');
	const {policy, placement} = typeof input === 'string' ? {policy: input, placement: 'host' as const} : input;
	const at = typeof input === 'string' ? path : [...path, 'policy'];
	const policies = Array.isArray(policy)
		? policy.map((one, index) => ({path: one, at: [...at, index]}))
		: [{path: policy, at}];
	if (typeof placement !== 'string' && !Array.isArray(placement)) {
		report(
			reading,
			{path: [...path, 'placement']},
			{
				what: 'a placement for each selector is not built yet',
				mend: 'give one placement, or a list: each is a run',
			},
		);
		return [];
	}
	const placements = [...new Set([placement].flat())];
	return placements.map(one => ({
		name: placements.length === 1 ? name : `${name}@${one}`,
		policies,
		placement: one,
		today: path[0] === 'today',
		where,
	}));
}

/** A candidate that does not fit the schema has a name all the same, and no runs. */
function candidateNames(
	candidates: readonly CandidatePlan[],
	{value}: Document,
): ReadonlyMap<string, readonly string[]> {
	const written = (value as {readonly candidates?: object | null}).candidates ?? {};
	const names = new Map<string, readonly string[]>(Object.keys(written).map(name => [name, []]));
	for (const {name} of candidates) {
		const written = name.split('@')[0]!;
		for (const one of new Set([written, name])) names.set(one, [...(names.get(one) ?? []), name]);
	}
	return names;
}
