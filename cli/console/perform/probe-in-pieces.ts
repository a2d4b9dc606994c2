import type {Evidence} from '../../../core/contracts/evidence.ts';
import type {Flow} from '../../../core/model/flow.ts';
import type {JoinedLab} from '../../../lab/join.ts';

/** How long a flow may stay without evidence. */
const timeoutMs = 1000;
/** Flows that are probed together: a tenth of a second. */
const piece = 1000;

/**
 * What was seen of the flows. A lab does one thing after the other, and of a thousand workloads there are tens of thousands
 * of flows: whoever does something meanwhile has a turn after each piece.
 *
 * @param isWanted - asked before each piece; where it says no, what was seen so far is all
 */
export async function probeInPieces(
	lab: JoinedLab,
	flows: readonly Flow[],
	isWanted: () => boolean = () => true,
): Promise<readonly Evidence[]> {
	const found: Evidence[] = [];
	for (let at = 0; at < flows.length && isWanted(); at += piece) {
		const last = at + piece >= flows.length;
		found.push(...(await lab.probe(flows.slice(at, at + piece), timeoutMs, {flows: flows.length, last})));
	}
	return found;
}
