import test from 'ava';
import fc from 'fast-check';
import {tiled} from '../../../scenarios/wire/tiled.ts';
import {flow} from '../../builders/flow.ts';

const rank = (workload: string): number => Number(workload.slice(1));
const between = (pairs: readonly (readonly [number, number])[]) =>
	pairs.map(([from, to]) => flow(`w${from}`, `w${to}:80`));

test('every flow is sent once, whatever the order asked', t => {
	const pair = fc.tuple(fc.nat(300), fc.nat(300));
	fc.assert(
		fc.property(fc.array(pair, {maxLength: 200}), pairs => {
			const order = tiled(between(pairs), rank);
			return order.toSorted((a, b) => a - b).every((at, index) => at === index) && order.length === pairs.length;
		}),
	);
	t.pass();
});

test('144 flows in a row of a full mesh of 48 meet at most 24 workloads', t => {
	const all = Array.from({length: 48}, (_, at) => at);
	const pairs = all.flatMap(from => all.map(to => [from, to] as const));
	const order = tiled(between(pairs), rank);
	for (let at = 0; at < order.length; at += 144) {
		const met = order.slice(at, at + 144).map(index => pairs[index]!);
		t.true(new Set(met.map(([from]) => from)).size + new Set(met.map(([, to]) => to)).size <= 24);
	}
});
