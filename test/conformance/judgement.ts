/** What came of a case. Empty differences: as expected. */
export interface Judgement {
	/** How many single answers were compared. */
	readonly checked: number;
	/** One sentence each, in a fixed order. */
	readonly differences: readonly string[];
	/** True where what np-guard's tools take CIDRs to mean, and not the product's reading, gave the expected answer. */
	readonly otherReading?: boolean;
}
