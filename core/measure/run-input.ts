// What the measures read: values only, the same shape for packets and for the model alone.
import type {AttackRun} from '../contracts/attack-run.ts';
import type {Evidence} from '../contracts/evidence.ts';
import type {Flow} from '../model/flow.ts';
import type {RuleRef, Verdict} from '../model/policy.ts';
import type {Candidate} from '../model/rehearsal.ts';
import type {Scenario} from '../model/scenario.ts';
import type {Topology} from '../model/topology.ts';
import type {Stand} from '../policy/placement.ts';

/** What was seen of one candidate, whoever attacks. */
export interface CandidateInput {
	readonly topology: Topology;
	readonly candidate: Candidate;
	/** With no policy in force: what each probed flow did then. For the control itself, the same values as `probed`. */
	readonly control: readonly Evidence[];
	/** With the candidate in force. */
	readonly probed: readonly Evidence[];
	/** The model's verdict of the candidate at its placement. */
	readonly verdict: (flow: Flow) => Verdict;
	/** What a flow's first packet meets on the way, with the candidate in force. */
	readonly stands: (flow: Flow) => readonly Stand[];
	/** The candidate's rules by the ids that logs carry. */
	readonly rules: ReadonlyMap<string, RuleRef>;
	/** `model`: the evidence was made by the model, and no witness was heard. */
	readonly measured: 'packets' | 'model';
}

/** One candidate, one scenario, one foothold, one seed. */
export interface RunInput extends CandidateInput {
	readonly scenario: Scenario;
	/** Name of the workload where the attacker starts. */
	readonly foothold: string;
	/** The same attacker with no policy in force; for the control itself, `run`. */
	readonly controlRun: AttackRun;
	readonly run: AttackRun;
	/** The same attacker in the model; null where only one of the two was run. */
	readonly modelRun: AttackRun | null;
}

/** Is this the control, where no policy is in force? */
export const isControl = (candidate: Pick<Candidate, 'name' | 'stack'>): boolean =>
	candidate.name === 'flat' && candidate.stack.length === 0;
