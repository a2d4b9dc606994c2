import type {KernelLog} from '../contracts/evidence.ts';
import type {BothEnds} from './evaluate.ts';
import type {Stand} from './placement.ts';
import {noneRef} from './rule-ref.ts';

/**
 * The logs that a flow's first packet leaves where the kernel follows the model: every stand's decision up to the first
 * denial. Where what only observes would have decided otherwise at an end, its word stands right behind that end's
 * decision.
 *
 * @param ends - `Evaluator.ends`
 * @param stands - what the packet meets, in its order: `Evaluator.stands`
 */
export function expectedLogs(ends: BothEnds, stands: readonly Stand[]): readonly KernelLog[] {
	const logs: KernelLog[] = [];
	for (const {place: placement, direction, judges} of stands) {
		const end = judges ? ends[direction] : null;
		const log = (decision: KernelLog['decision'], rule: string): void =>
			void logs.push({direction, decision, rule, placement});
		if (end === null) {
			log('allow', noneRef.id);
			continue;
		}
		const {inForce, asIf} = end;
		log(inForce.action, inForce.rule.id);
		if (asIf.action !== inForce.action) log(asIf.action === 'deny' ? 'would-deny' : 'would-allow', asIf.rule.id);
		if (inForce.action === 'deny') break;
	}
	return logs;
}
