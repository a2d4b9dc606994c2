// What makes a policy hold. Compiling is pure; loading and undoing belong to whoever owns the namespaces.
import type {Placement, Stack} from '../model/policy.ts';
import type {Topology} from '../model/topology.ts';

/** The rules of one workload (or of the fabric, later): one nftables table. */
export interface Ruleset {
	/** Workload name. */
	readonly site: string;
	/** `firebreak_<lab>`; whoever loads it replaces a table of that name in the same transaction. */
	readonly table: string;
	/** The whole `table inet … { … }`; ends in a newline; loads with `nft -f` in the site's namespace. */
	readonly text: string;
	/** Ids of the rules whose denial of TCP is a reset, which a sender sees as a closed port. */
	readonly resets: readonly string[];
}

export interface Enforcer {
	readonly name: 'nftables' | 'none';
	/** One ruleset a workload, sorted by site; ends that have no enforcer (outside, unmanaged) get the table of `none`. */
	compile(input: {
		readonly lab: string;
		readonly topology: Topology;
		readonly stack: Stack;
		readonly placement: Placement;
	}): readonly Ruleset[];
}
