import test from 'ava';
import {applyEdits, type World} from '../../core/explain/edit.ts';
import {explainFlow} from '../../core/explain/explain.ts';
import {type Flow, renderFlow} from '../../core/model/flow.ts';
import type {Topology, Workload} from '../../core/model/topology.ts';
import {createEvaluator} from '../../core/policy/evaluate.ts';
import {randomCase} from '../builders/random.ts';
import {seeded} from '../builders/seeded.ts';

const firstSeed = Number(process.env.FIREBREAK_SEED ?? 1);
const matrices = 100;

/** A cell of the matrix: one workload to another by one of its services, and by a port that may be anything. */
function cells(topology: Topology, seed: number): readonly Flow[] {
	const chance = seeded(seed ^ 0xce11);
	const others = [
		{protocol: 'icmp', port: 0},
		{protocol: 'tcp', port: 8080},
		{protocol: 'udp', port: 53},
		{protocol: 'tcp', port: 9},
	] as const;
	const portsOf = ({services}: Workload): readonly Pick<Flow, 'protocol' | 'port'>[] =>
		services.length === 0 ? [chance.pick(others)] : [chance.pick(services), chance.pick(others)];
	return topology.workloads.flatMap(from =>
		topology.workloads
			.filter(to => to !== from)
			.flatMap(to => {
				const source = chance.pick(from.addresses);
				const destination = to.addresses.find(({family}) => family === source.family);
				if (destination === undefined) return [];
				return portsOf(to).map(({protocol, port}) => ({
					source: {workload: from.name, address: source.address},
					destination: {workload: to.name, address: destination.address},
					family: source.family,
					protocol,
					port,
				}));
			}),
	);
}

/** By the evaluator, which is asked about the two ends alone: it prepares for all whom it knows. */
function actionIn({topology, stack}: World, flow: Flow): 'allow' | 'deny' {
	const ends = [flow.source.workload, flow.destination.workload];
	const workloads = topology.workloads.filter(({name}) => ends.includes(name));
	return createEvaluator({...topology, workloads}, stack).verdict(flow, 'host').action;
}

test('for every cell of 100 random matrices, each change that is named flips the verdict, no less does, and one is named unless nobody judges', t => {
	const seen = {cells: 0, allowed: 0, denied: 0, unjudged: 0, changes: 0, needed: 0, kinds: new Map<string, number>()};
	for (let seed = firstSeed; seed < firstSeed + matrices; seed++) {
		const world = randomCase(seed);
		const evaluator = createEvaluator(world.topology, world.stack);
		for (const flow of cells(world.topology, seed)) {
			const about = `seed ${seed}: ${renderFlow(flow)}`;
			const {verdict, egress, ingress, changes} = explainFlow(world, flow, 'host');
			t.deepEqual(verdict, evaluator.verdict(flow, 'host'), about);
			seen.cells++;
			if (egress.unjudged !== null && ingress.unjudged !== null) {
				seen.unjudged++;
				t.deepEqual(changes, [], about);
				continue;
			}
			seen[verdict.action === 'allow' ? 'allowed' : 'denied']++;
			t.true(changes.length > 0, about);
			for (const {edits} of changes) {
				for (const left of edits.length > 1 ? edits : []) {
					const without = applyEdits(
						world,
						edits.filter(edit => edit !== left),
					);
					const still = actionIn(without, flow);
					if (still !== verdict.action)
						t.fail(`${about}: ${JSON.stringify(left)} is needless in ${JSON.stringify(edits)}`);
					seen.needed++;
				}
				const after = applyEdits(world, edits);
				const flipped = actionIn(after, flow);
				if (flipped === verdict.action) t.fail(`${about} stays ${flipped} after ${JSON.stringify(edits)}`);
				seen.changes++;
				for (const {kind} of edits) seen.kinds.set(kind, (seen.kinds.get(kind) ?? 0) + 1);
			}
		}
	}
	t.log(
		`${seen.cells} cells: ${seen.allowed} allowed, ${seen.denied} denied, ${seen.unjudged} nobody judges; ` +
			`${seen.changes} changes applied, ${seen.needed} of their parts left out (${[...seen.kinds].map(([kind, count]) => `${kind} ${count}`).join(', ')})`,
	);
	t.true(seen.needed > 200, `${seen.needed}`);
	t.true(seen.cells > 4000 && seen.allowed > 1000 && seen.denied > 1000);
	for (const kind of ['remove-rule', 'add-ports', 'add-exception', 'add-rule', 'add-policy', 'set-label'])
		t.true((seen.kinds.get(kind) ?? 0) > 10, kind);
});
