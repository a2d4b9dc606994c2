import test from 'ava';
import {renderFlow} from '../../core/model/flow.ts';
import {createEvaluator} from '../../core/policy/evaluate.ts';
import {expectedLogs} from '../../core/policy/expected-logs.ts';
import {nftables} from '../../enforcers/nftables.ts';
import {randomCase, randomFlows} from '../builders/random.ts';
import {walk} from './ruleset-walk.ts';

const firstSeed = Number(process.env.FIREBREAK_SEED ?? 1);

test('the compiled text decides and logs at each end what the evaluator says', t => {
	const seen = {accept: 0, drop: 0, reject: 0, observed: 0};
	for (let seed = firstSeed; seed < firstSeed + 200; seed++) {
		const random = randomCase(seed);
		const evaluator = createEvaluator(random.topology, random.stack);
		const texts = new Map(
			nftables.compile({lab: 'x', ...random, placement: 'host'}).map(({site, text}) => [site, text]),
		);
		const denied = random.stack[0]?.denied ?? 'drop';
		for (const flow of randomFlows(random, 40, {unowned: true})) {
			const ends = evaluator.ends(flow, 'host');
			for (const direction of ['egress', 'ingress'] as const) {
				const local = (direction === 'egress' ? flow.source : flow.destination).workload;
				if (local === null) continue;
				const {verdict, logs} = walk(texts.get(local)!, flow, direction);
				const expected = expectedLogs(ends, [{place: 'host', direction, judges: true}]);
				const says = `seed ${seed}: ${direction} of ${renderFlow(flow)}`;
				t.deepEqual(logs, expected, says);
				t.is(verdict, expected[0]!.decision === 'allow' ? 'accept' : denied, says);
				seen[verdict]++;
				seen.observed += logs.length - 1;
			}
		}
	}
	t.true(Math.min(...Object.values(seen)) > 100, JSON.stringify(seen));
});
