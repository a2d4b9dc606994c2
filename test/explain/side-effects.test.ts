import test from 'ava';
import {applyEdits, type World} from '../../core/explain/edit.ts';
import {explainFlow} from '../../core/explain/explain.ts';
import {type SideEffects, sideEffects} from '../../core/explain/side-effects.ts';
import type {Flow} from '../../core/model/flow.ts';
import type {Workload} from '../../core/model/topology.ts';
import {createEvaluator} from '../../core/policy/evaluate.ts';
import {randomCase} from '../builders/random.ts';
import {seeded} from '../builders/seeded.ts';

const firstSeed = Number(process.env.FIREBREAK_SEED ?? 1);

/** Pair by pair, by the first replica of each kind. */
function oneByOne(before: World, after: World, flow: Flow): Pick<SideEffects, 'opens' | 'closes'> {
	const kinds = [...Map.groupBy(before.topology.workloads, ({kind}) => kind).values()].map(([first]) => first!);
	const kindOf = (name: string | null) => before.topology.workloads.find(one => one.name === name)?.kind;
	const [was, is] = [before, after].map(({topology, stack}) => createEvaluator(topology, stack));
	let [opens, closes] = [0, 0];
	for (const from of kinds)
		for (const to of kinds) {
			const own = from.kind === kindOf(flow.source.workload) && to.kind === kindOf(flow.destination.workload);
			const asked = from === to || own ? null : between(from, to, flow);
			if (asked === null) continue;
			const [first, second] = [was!, is!].map(evaluator => evaluator.verdict(asked, 'host').action);
			if (first === 'deny' && second === 'allow') opens++;
			if (first === 'allow' && second === 'deny') closes++;
		}
	return {opens, closes};
}

function between(from: Workload, to: Workload, {family, protocol, port}: Flow): Flow | null {
	const [source, destination] = [from, to].map(({name: workload, addresses}) => {
		const own = addresses.find(one => one.family === family);
		return own === undefined ? null : {workload, address: own.address};
	});
	return source == null || destination == null ? null : {source, destination, family, protocol, port};
}

test(`what else a change opens and closes is as many pairs of kinds as when each is asked for itself (seeds from ${firstSeed})`, t => {
	const seen = {changes: 0, opens: 0, closes: 0};
	for (let seed = firstSeed; seed < firstSeed + 60; seed++) {
		const world = randomCase(seed);
		const chance = seeded(seed);
		for (let ask = 0; ask < 6; ask++) {
			const [from, to] = [chance.pick(world.topology.workloads), chance.pick(world.topology.workloads)];
			const flow = between(from, to, {
				...{family: chance.pick([4, 6] as const), protocol: 'tcp', port: chance.pick([22, 80, 443, 8080])},
				...{source: {workload: null, address: ''}, destination: {workload: null, address: ''}},
			});
			if (flow === null || from === to) continue;
			const effectsOf = sideEffects({world, flow, placement: 'host'});
			for (const {edits} of explainFlow(world, flow, 'host').changes) {
				const {opens, closes} = effectsOf(edits);
				t.deepEqual({opens, closes}, oneByOne(world, applyEdits(world, edits), flow), `seed ${seed}`);
				seen.changes++;
				seen.opens += opens ?? 0;
				seen.closes += closes ?? 0;
			}
		}
	}
	t.log(seen);
	t.true(seen.changes > 100 && seen.opens > 50 && seen.closes > 20);
});
