import test from 'ava';
import {probeInPieces} from '../../../cli/console/perform/probe-in-pieces.ts';
import type {Evidence} from '../../../core/contracts/evidence.ts';
import type {Flow} from '../../../core/model/flow.ts';
import type {JoinedLab} from '../../../lab/join.ts';

const flow = (port: number): Flow => ({
	source: {workload: 'web', address: '198.18.0.2'},
	destination: {workload: 'db', address: '198.18.0.3'},
	...{family: 4, protocol: 'tcp', port},
});

/** Opens every flow; what it was asked, in order. */
function labOf(asked: string[]): JoinedLab {
	const lab: Pick<JoinedLab, 'probe'> = {
		async probe(flows, _timeoutMs, pieceOf) {
			asked.push(`${flows[0]!.port}..${flows.at(-1)!.port} of ${pieceOf?.flows}${pieceOf?.last ? ', the last' : ''}`);
			return flows.map((one): Evidence => ({flow: one, outcome: {kind: 'open'}, logs: []}) as unknown as Evidence);
		},
	};
	return lab as JoinedLab;
}

test('many flows are probed a thousand at a time, and what was seen comes in their order', async t => {
	const asked: string[] = [];
	const flows = Array.from({length: 2500}, (_, at) => flow(at + 1));
	const found = await probeInPieces(labOf(asked), flows);
	t.deepEqual(asked, ['1..1000 of 2500', '1001..2000 of 2500', '2001..2500 of 2500, the last']);
	t.deepEqual(
		found.map(one => one.flow),
		flows,
	);
});

test('nothing more is sent once nobody wants it', async t => {
	const asked: string[] = [];
	const flows = Array.from({length: 5000}, (_, at) => flow(at + 1));
	const found = await probeInPieces(labOf(asked), flows, () => asked.length < 2);
	t.is(asked.length, 2);
	t.is(found.length, 2000);
});
