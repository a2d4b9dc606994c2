import {probeFlows} from '../../../rehearsals/probe-flows.ts';
import type {Said} from '../../../tui/console/message.ts';
import type {Doing} from '../live.ts';
import {probeInPieces} from './probe-in-pieces.ts';
import {said} from './said.ts';

/** Every flow that a rehearsal would try, for the matrix. */
export async function probeAll({lab, rehearsal, seed}: Doing): Promise<Said> {
	const stacks = rehearsal.candidates.map(({stack}) => stack);
	const {flows} = probeFlows(rehearsal.topology, stacks, seed, []);
	const found = await probeInPieces(lab, flows);
	const count = (kind: string): number => found.filter(({outcome}) => outcome.kind === kind).length;
	const unsure = count('inconclusive');
	const rest = unsure === 0 ? '' : `, ${unsure} inconclusive`;
	return said(
		`${found.length} flows probed: ${count('open')} open, ${count('closed')} closed, ${count('denied')} denied${rest}`,
	);
}
