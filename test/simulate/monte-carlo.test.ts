import test from 'ava';
import {createAttackGraph} from '../../core/simulate/attack-graph.ts';
import {everyFoothold} from '../../core/simulate/every-foothold.ts';
import {footholdsIn} from '../../core/simulate/loss.ts';
import {monteCarlo} from '../../core/simulate/monte-carlo.ts';
import {attackTopology} from '../builders/attack-world.ts';
import {randomAttackWorld} from '../builders/random-attack-world.ts';
import {ended, stackOf, worldOf} from './simulated.ts';

/** wiki → api (weak) → vault (weak, a jewel); a key that lies on the wiki opens web. */
const chain = attackTopology(
	{
		wiki: {holds: ['key']},
		api: {services: ['weak http:8080']},
		vault: {services: ['weak postgres:5432'], jewel: true},
		web: {services: ['ssh:22']},
	},
	{key: 'ssh-key web:ssh'},
);
const ways = ['wiki api 8080/tcp', 'api vault 5432/tcp', 'wiki web 22/tcp'];
const graph = createAttackGraph(
	worldOf(
		chain,
		stackOf(chain, (from, to, port) => port === 'icmp' || ways.includes(`${from} ${to} ${port}`)),
	),
);
const footholds = footholdsIn(graph, ['wiki']);
const run = (probability: number, seed = 1, runs = 4000) =>
	ended(monteCarlo(graph, {footholds, probability, runs, seed}));

test('with probability 1 every run is the deterministic one, on random worlds', t => {
	for (let seed = 1; seed <= 40; seed++) {
		const {topology, passes, foothold} = randomAttackWorld(seed);
		const world = createAttackGraph(worldOf(topology, stackOf(topology, passes)));
		const starts = footholdsIn(world, [foothold]);
		const [loss] = ended(everyFoothold(world, starts));
		const {compromised} = ended(monteCarlo(world, {footholds: starts, probability: 1, runs: 5, seed}));
		t.deepEqual(
			compromised,
			{mean: loss!.compromised, low: loss!.compromised, high: loss!.compromised},
			`seed ${seed}`,
		);
	}
});

test('with probability 0 only secrets move the attacker', t => {
	t.deepEqual(run(0).compromised, {mean: 1, low: 1, high: 1});
	t.is(run(0).jewelFalls.runs, 0);
});

test('a jewel behind two exploits falls in a share of runs that the square of the probability lies in', t => {
	for (const probability of [0.2, 0.5, 0.9]) {
		const {jewelFalls, compromised} = run(probability);
		t.true(jewelFalls.low < probability ** 2 && probability ** 2 < jewelFalls.high, JSON.stringify(jewelFalls));
		const expected = 1 + probability + probability ** 2;
		t.true(compromised.low < expected && expected < compromised.high, JSON.stringify(compromised));
	}
});

test('a seed repeats its runs, and another seed draws others', t => {
	t.deepEqual(run(0.3, 7, 500), run(0.3, 7, 500));
	t.notDeepEqual(run(0.3, 7, 500), run(0.3, 8, 500));
});
