// What the readers of one file share: the file with its places, the words of the topology, and the problems found so far.
import type {PortMatch, Selector} from '../model/policy.ts';
import type {Problem} from '../model/problem.ts';
import type {Document} from './document.ts';
import type {Vocabulary} from './vocabulary.ts';

export type Path = readonly (string | number)[];

/** What the files in force define, resolved when first asked for; undefined where no file defines the name. */
export interface DefinedSets {
	/** Every defined name, for suggestions. */
	readonly names: {readonly selectors: readonly string[]; readonly ports: readonly string[]};
	/** False where a file could not be read in full, so that an unknown name may be one of its. */
	readonly complete: boolean;
	selector(name: string): Selector | undefined;
	ports(name: string): readonly PortMatch[] | undefined;
}

export interface Reading {
	readonly document: Document;
	readonly known: Vocabulary;
	readonly sets: DefinedSets;
	readonly problems: Problem[];
}

/** Where nothing can be defined: scenarios. */
export const noSets: DefinedSets = {
	names: {selectors: [], ports: []},
	complete: true,
	selector: () => undefined,
	ports: () => undefined,
};

/** Adds a problem at `path`. */
export function report(
	reading: Pick<Reading, 'document' | 'problems'>,
	at: {readonly path: Path; readonly part?: 'key' | 'value'},
	said: {readonly what: string; readonly mend: string},
): void {
	reading.problems.push({where: reading.document.place(at.path, at.part ?? 'value'), ...said});
}
