// Where a rehearsal happens: in a lab with packets, or in the model. The same questions, the same answers by type.
import type {AttackRun} from '../core/contracts/attack-run.ts';
import type {Evidence} from '../core/contracts/evidence.ts';
import type {Applied} from '../core/contracts/lab.ts';
import type {Flow} from '../core/model/flow.ts';
import type {Candidate} from '../core/model/rehearsal.ts';
import type {Scenario} from '../core/model/scenario.ts';

export interface Range extends AsyncDisposable {
	readonly measured: 'packets' | 'model';
	/** ms from the call to the lab under the control's rules; null in the model. */
	readonly bootMs: number | null;
	/** Does what can be done ahead of `use`, so that who waits for it waits less. */
	prepare(candidate: Candidate): void;
	/** Puts a candidate in force. What is asked after it is done under it, also before it resolves. @returns null in the model */
	use(candidate: Candidate): Promise<Applied | null>;
	probe(flows: readonly Flow[]): Promise<readonly Evidence[]>;
	attack(scenario: Scenario, foothold: string): Promise<AttackRun>;
	/** Takes it down. @returns ms, null in the model */
	close(): Promise<number | null>;
}
