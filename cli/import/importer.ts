// What can be imported: one value for each kind of source.
import type {Stack} from '../../core/model/policy.ts';
import type {Parsed, Problem} from '../../core/model/problem.ts';
import type {Topology} from '../../core/model/topology.ts';
import type {NativePolicyValue} from '../../core/native/native-files.ts';

/** What a source describes; the stack is empty where it has no policies. */
export interface ImportedSource {
	readonly topology: Topology;
	readonly stack: Stack;
	/** What is open, and was assumed: each with how to say it otherwise. */
	readonly decisions?: readonly Problem[];
	/** What workloads are called in flow logs, beside their names. */
	readonly aliases?: ReadonlyMap<string, readonly string[]>;
	/** What is in force there natively, where that is no policy that the source writes down. */
	readonly today?: NativePolicyValue;
}

/** The words behind `firebreak import`. */
export interface ImportWords {
	readonly source: string;
	/** Undefined where nobody says it. */
	readonly envLabel: string | undefined;
	readonly assumed: boolean;
	/** `name=Hostname`: columns of tables whose headings are not known. */
	readonly columns: readonly string[];
	/** Profiles of a Compose file that are on. */
	readonly profiles: readonly string[];
}

export type IdleOption = 'env-label' | 'no-assumed' | 'profile';

export interface Importer {
	/** The word behind `import`. */
	readonly kind: string;
	/** What its source is: a folder of manifests, … */
	readonly reads: string;
	/** A source and where it goes, for the examples of the help. */
	readonly example: string;
	/** Options that mean nothing there, and what to do instead. */
	readonly idle: Readonly<Partial<Record<IdleOption, string>>>;
	load(words: ImportWords): Promise<Parsed<ImportedSource>>;
}
