// What can be imported: one value for each kind of source.
import type {Stack} from '../../core/model/policy.ts';
import type {Parsed} from '../../core/model/problem.ts';
import type {Topology} from '../../core/model/topology.ts';

/** What a source describes; the stack is empty where it has no policies. */
export interface ImportedSource {
	readonly topology: Topology;
	readonly stack: Stack;
}

/** The words behind `firebreak import`. */
export interface ImportWords {
	readonly source: string;
	readonly envLabel: string;
	readonly assumed: boolean;
}

export interface Importer {
	/** The word behind `import`. */
	readonly kind: string;
	/** What its source is: a folder of manifests, … */
	readonly reads: string;
	/** A source and where it goes, for the examples of the help. */
	readonly example: string;
	load(words: ImportWords): Promise<Parsed<ImportedSource>>;
}
