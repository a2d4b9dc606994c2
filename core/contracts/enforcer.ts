// What makes a policy hold. Compiling is pure; loading and undoing belong to whoever owns the namespaces.
import type {Placement, RulePlace, Stack} from '../model/policy.ts';
import type {Topology} from '../model/topology.ts';

/** Name of the fabric among the sites of rulesets; no workload has it. */
export const fabricSite = '';

/** The rules of one workload, or those in the fabric: one nftables table. */
export interface Ruleset {
	/** Workload name, or `fabricSite`. */
	readonly site: string;
	/** What its logs say; of the fabric's rules, `fabric` or `gateway`. */
	readonly place: RulePlace;
	/** Whether it decides; the control's tables do not. */
	readonly judges: boolean;
	/** `firebreak_<lab>`; whoever loads it replaces a table of that name in the same transaction. */
	readonly table: string;
	/** The whole `table inet … { … }`; ends in a newline; loads with `nft -f` in the site's namespace. */
	readonly text: string;
	/** Ids of the rules whose denial of TCP is a reset, which a sender sees as a closed port. */
	readonly resets: readonly string[];
}

export interface Enforcer {
	readonly name: 'nftables' | 'none';
	/**
	 * One ruleset a workload, and one for the fabric, sorted by site; ends that no enforcer judges in their own namespace
	 * (outside, unmanaged, or placed elsewhere) get the table of `none`.
	 */
	compile(input: {
		readonly lab: string;
		readonly topology: Topology;
		readonly stack: Stack;
		readonly placement: Placement;
	}): readonly Ruleset[];
}
