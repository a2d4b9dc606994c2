// What whoever loads a rehearsal gives: where ready ones are, and what else to load.
import type {Document} from '../core/files/document.ts';
import type {Vocabulary} from '../core/files/vocabulary.ts';
import type {Surroundings} from '../core/kubernetes/admin-policy.ts';
import type {Stack} from '../core/model/policy.ts';
import type {Parsed, Problem} from '../core/model/problem.ts';
import type {Topology} from '../core/model/topology.ts';
import type {InputFiles} from './input-files.ts';
import type {Foreign, ForeignPlace} from './load-foreign.ts';

/** A folder of manifests after import: what exists, and what is in force. */
export interface Imported {
	readonly topology: Topology;
	readonly stack: Stack;
	/** What policies that stand in a folder of their own must know of these pods. */
	readonly surroundings?: Surroundings;
}

export interface LoadOptions {
	/** Folders of ready ones: `NAME/rehearsal.yaml`, and `NAME.scenario.yaml`. */
	readonly catalog: {readonly rehearsals: readonly string[]; readonly scenarios: readonly string[]};
	/** Scenarios to load besides: names of the catalogue, or files relative to the working directory. */
	readonly scenarios?: readonly string[];
	/** The scenario where nobody names one, from everywhere: a rehearsal without an attacker would be green and know nothing. */
	readonly byDefault?: string;
	/** `--foothold`: the scenarios' own are then neither used nor checked. */
	readonly foothold?: string | null;
	/** Reads a folder of Kubernetes manifests, perhaps of policies for pods elsewhere; without it such a folder is refused. */
	readonly importManifests?: (folder: string, surroundings?: Surroundings) => Promise<Parsed<Imported>>;
	/** Reads manifests or another tool's file from standard input (`-`), and gives the text too; without it that is refused. */
	readonly importStream?: () => Promise<Parsed<(Imported | Foreign) & {readonly text: string}>>;
	/** Reads a file of another tool; without it such files are refused. */
	readonly importForeign?: (place: ForeignPlace) => Promise<Parsed<Foreign>>;
}

/** What the loaders of one rehearsal share. */
export interface Loading {
	readonly files: InputFiles;
	/** The rehearsal's own file: the place of what names a file that is not there. */
	readonly document: Document;
	readonly problems: Problem[];
	readonly warnings: Problem[];
	readonly options: LoadOptions;
	/** The words of a topology that has problems: policies are checked against them all the same. */
	salvaged: Vocabulary | null;
}
