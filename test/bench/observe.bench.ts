// What does observing cost? The same flows of the same lab under a policy that only observes, under it enforced, and under
// none, in turn, so that whatever else the machine does falls on all three.
import {nftables} from '../../enforcers/nftables.ts';
import {none} from '../../enforcers/none.ts';
import {startLab} from '../../lab/client.ts';
import {bigLab} from './big-lab.ts';
import {flowsOf} from './big-lab-flows.ts';
import {median, tell} from './figure.ts';

const workloads = 100;
const flowsEach = 8000;
const rounds = 12;

const big = bigLab(workloads);
const {topology} = big;
const {open} = flowsOf(big, flowsEach, 1);
const input = {lab: 'bench', topology, placement: 'host'} as const;
const ways = {
	none: none.compile({...input, stack: []}),
	enforced: nftables.compile({...input, stack: big.stack}),
	observed: nftables.compile({...input, stack: big.stack.map(policy => ({...policy, mode: 'observe' as const}))}),
} as const;
type Way = keyof typeof ways;

await using lab = await startLab({lab: 'bench', topology, rulesets: ways.none, seed: 1});
const rates: Record<Way, number[]> = {none: [], enforced: [], observed: []};
for (let round = 0; round <= rounds; round++)
	for (const way of turned(Object.keys(ways) as Way[], round)) {
		await lab.apply(ways[way]);
		const started = performance.now();
		const evidence = await lab.probe(open, {timeoutMs: 1000});
		const rate = (open.length / (performance.now() - started)) * 1000;
		const others = evidence.filter(({outcome}) => outcome.kind !== 'open');
		if (others.length > 0) throw new Error(`${others.length} under ${way}: ${JSON.stringify(others[0])}`);
		// The first round warms everything up.
		if (round > 0) rates[way].push(rate);
	}
/** Each is first, second and last as often as the others: what the one before leaves behind falls on all. */
function turned<T>(all: readonly T[], by: number): readonly T[] {
	const at = by % all.length;
	return [...all.slice(at), ...all.slice(0, at)];
}
/** Of each round its own ratio: neighbours in time are compared. */
const paired = (to: Way): number => median(rates.observed.map((rate, at) => rate / rates[to][at]!));
for (const to of ['enforced', 'none'] as const)
	tell({
		bench: 'observe',
		question: `How many open flows are judged a second under a policy that only observes, beside ${to === 'none' ? 'no policy' : 'the same one enforced'}?`,
		unit: 'verdicts/s',
		value: median(rates.observed),
		ratio: {to: `the rate ${to === 'none' ? 'with no policy' : 'with it enforced'}, round by round`, value: paired(to)},
		limit: {least: 0.9},
	});
