import type {Placement, Stack} from '../model/policy.ts';

/** The policy in force in a lab that stays, as whoever put it there says; the engine itself knows its rulesets alone. */
export interface InForce {
	/** Name of the candidate, or of the policy's file. */
	readonly name: string;
	readonly stack: Stack;
	readonly placement: Placement;
	/** Put in force by `--observe`: denies nothing. */
	readonly observed: boolean;
}
