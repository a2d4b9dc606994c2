// Rules that change no verdict of any topology, taken out of the files in which they stand.
import {readFileSync, writeFileSync} from 'node:fs';
import {resolve} from 'node:path';
import {removeItems} from '../../core/files/remove-items.ts';
import {haveSameVerdicts} from '../../core/lint/same-verdicts.ts';
import {FirebreakError} from '../../core/model/failure.ts';
import type {Parsed} from '../../core/model/problem.ts';
import type {Candidate, Rehearsal} from '../../core/model/rehearsal.ts';
import {type Gathered, gatherFindings} from './gather.ts';

/** A rule that was taken out. */
export interface Fixed {
	readonly file: string;
	/** Where it stood. */
	readonly line: number;
	readonly column: number;
	readonly rule: string;
	readonly what: string;
}

export interface Fixing {
	readonly fixed: readonly Fixed[];
	/** Files that could have been mended and were left as they are, and why. */
	readonly left: readonly string[];
	/** Read again after the last change. */
	readonly rehearsal: Rehearsal;
}

/** Rounds: what is taken out can leave others that say no more than it did. */
const mostRounds = 5;

/**
 * Edits files in place. Each file is read again and every verdict of every candidate compared; where one differs or the
 * file cannot be read, it is put back as it was.
 *
 * @param load - reads the rehearsal again
 */
export async function fixFiles(
	first: Rehearsal,
	today: string,
	load: () => Promise<Parsed<Rehearsal>>,
): Promise<Fixing> {
	const fixed: Fixed[] = [];
	const left = new Map<string, string>();
	let rehearsal = first;
	for (let round = 0; round < mostRounds; round++) {
		const certain = certainOf(rehearsal, today).filter(({where}) => !left.has(where.file));
		const files = Map.groupBy(certain, ({where}) => where.file);
		if (files.size === 0) break;
		for (const [file, findings] of files) {
			const outcome = await fixFile(rehearsal, file, findings, load);
			if (typeof outcome === 'string') left.set(file, outcome);
			else {
				rehearsal = outcome;
				fixed.push(...findings.map(fixedOf));
				// Other files' rules may stand elsewhere now, or mean nothing any more.
				break;
			}
		}
	}
	return {fixed, left: [...left].map(([file, why]) => `${file}: ${why}`), rehearsal};
}

const others = ({candidates}: Rehearsal): readonly Candidate[] => candidates.slice(1);

/** Under every candidate that has the file in force. */
const certainOf = (rehearsal: Rehearsal, today: string): readonly Gathered[] => {
	const found = gatherFindings(rehearsal, others(rehearsal), today).filter(({removable}) => removable === 'surely');
	const once = new Map(found.map(one => [JSON.stringify(one.where), one]));
	return [...once.values()].filter(({everywhere}) => everywhere);
};

const fixedOf = ({where, rule, what}: Gathered): Fixed => ({...where, rule: rule?.name ?? '', what});

/** The rehearsal as it is then; or why the file was left as it is. */
async function fixFile(
	rehearsal: Rehearsal,
	file: string,
	findings: readonly Gathered[],
	load: () => Promise<Parsed<Rehearsal>>,
): Promise<Rehearsal | string> {
	const path = pathOf(rehearsal, file);
	if (path === null) return 'it is not known which file that is';
	const before = readFileSync(path, 'utf8');
	const after = removeItems(
		before,
		findings.map(({where}) => where),
	);
	if (after === null) return 'a rule there cannot be told apart from what stands around it';
	write(path, after);
	const loaded = await load().catch((error: unknown) => {
		write(path, before);
		throw error;
	});
	if (loaded.kind === 'ok' && sameVerdicts(rehearsal, loaded.value)) return loaded.value;
	write(path, before);
	return 'without these rules it could not be read, or would say something else';
}

function write(path: string, text: string): void {
	try {
		writeFileSync(path, text);
	} catch (error) {
		throw new FirebreakError(
			'cannot-write',
			`${path} cannot be written: ${(error as Error).message}`,
			'check the file’s permissions',
			{path},
			error,
		);
	}
}

/** Places of manifests are relative to their folder, those of a rehearsal to its own. */
function pathOf({folder, inputs}: Rehearsal, file: string): string | null {
	const fitting = inputs.filter(({path}) => path === file || path.endsWith(`/${file}`));
	const exact = fitting.find(({path}) => path === file);
	const chosen = exact ?? (fitting.length === 1 ? fitting[0] : undefined);
	return chosen === undefined ? null : resolve(folder, chosen.path);
}

const sameVerdicts = (before: Rehearsal, after: Rehearsal): boolean =>
	others(before).every(({stack, placement}, at) => {
		const now = others(after)[at];
		return now !== undefined && haveSameVerdicts(before.topology, placement, [stack, now.stack]);
	});
