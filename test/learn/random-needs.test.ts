// On random topologies and needs: every need is open, and beside them exactly what the notes say.
import test from 'ava';
import {renderYaml} from '../../core/files/render-yaml.ts';
import {leastPolicy} from '../../core/learn/least-policy.ts';
import type {Dependency, Topology} from '../../core/model/topology.ts';
import {randomTopology} from '../builders/random-topology.ts';
import {type Chance, seeded} from '../builders/seeded.ts';
import {topology, type WorkloadSpec} from '../builders/topology.ts';
import {differences, need, rulesOf} from './learned.ts';

/** Needs between kinds of the topology: mostly of services, some of them in a pattern that repeats in environments. */
function randomNeeds(chance: Chance, {workloads}: Topology): readonly Dependency[] {
	const share = chance.pick([0.1, 0.3, 0.9]);
	return workloads.flatMap(source =>
		workloads
			.filter(({kind, outside}) => kind !== source.kind && !(outside && source.outside))
			.flatMap(({kind, services}) => [
				...chance
					.some(services, share)
					.map(({port, protocol}) => need(`${source.kind} -> ${kind}:${port}/${protocol}`)),
				...(chance.often(0.05) ? [need(`${source.kind} -> ${kind}:9999`)] : []),
			]),
	);
}

test('whatever the topology and the needs, all needs are open, and beside them what the notes say', t => {
	let [rules, further] = [0, 0];
	for (let seed = 1; seed <= 400; seed++) {
		const chance = seeded(seed);
		const known = chance.often(0.5) ? scattered(chance) : estate(chance);
		const needs = randomNeeds(chance, known);
		const learned = leastPolicy(known, needs);
		const found = differences(known, needs, learned);
		t.deepEqual(found.slice(0, 3), [], `seed ${seed}\n${renderYaml(learned.value, learned.notes)}`);
		if (found.length > 0) return;
		for (const {from, to} of learned.further)
			t.true(learned.notes.some(line => line.includes(`${from} -> `) && line.includes(to)));
		rules += rulesOf(learned).length;
		further += learned.further.length;
	}
	t.true(rules > 1500 && further > 50, `${rules} rules, ${further} further pairs`);
});

/** Workloads of which each has its own labels and services, and so is a kind of its own; one service of a name, as files have it. */
function scattered(chance: Chance): Topology {
	const random = randomTopology(chance, {multiHomed: true});
	const workloads = random.workloads.map(one => ({
		...one,
		kind: one.name,
		base: one.name,
		services: one.services.filter(({name}, at) => one.services.findIndex(other => other.name === name) === at),
	}));
	return {...random, workloads};
}

/** Apps in environments, each with alike hosts and replicas: what an inventory looks like. */
function estate(chance: Chance): Topology {
	const specs: Record<string, WorkloadSpec> = {};
	for (const app of chance.some(['pay', 'crm', 'erp'], 0.7))
		for (const role of chance.some(['web', 'api', 'db'], 0.8))
			for (const environment of chance.some(['prod', 'dev', 'test'], 0.8)) {
				const labels = chance.often(0.1) ? {} : {app, role};
				const services = [`${role}:${role === 'db' ? 5432 : 443}`, ...(chance.often(0.3) ? ['ssh:22'] : [])];
				const count = 1 + chance.below(3);
				for (let host = 0; host < count; host++) {
					const stem = chance.often(0.3) ? `${app}${role}` : `${app}${role}${'abc'[host]}`;
					// A host without an environment has a name that no other has.
					const name = chance.often(0.1) ? `${stem}${environment}` : `${stem}.${environment}`;
					specs[name] = {labels, services};
				}
			}
	specs['jump.ops'] = {labels: {role: 'jump'}, services: ['ssh:22']};
	specs.world = {outside: true, services: ['https:443']};
	return topology(specs);
}
