/** One thing that a rule asks of a flow, and whether it is so. */
export interface Reason {
	readonly about: 'source' | 'destination' | 'port' | 'relation' | 'exception' | 'anything';
	/** Whether it speaks for the rule's matching; an exception that holds speaks against it, and is `false`. */
	readonly holds: boolean;
	/** A short sentence: `wiki.dev has no label tier, wanted api`. Names in it are the user's. */
	readonly text: string;
}
