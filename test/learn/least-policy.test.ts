// The least policy allows every need, and beside them exactly what its notes say.
import test from 'ava';
import {leastPolicy} from '../../core/learn/least-policy.ts';
import {type PortSet, samePorts, union} from '../../core/reach/port-set.ts';
import {createReach} from '../../core/reach/reach.ts';
import {topology, type WorkloadSpec} from '../builders/topology.ts';
import {loaded} from '../catalog/rehearse.ts';
import {differences, need, rulesOf, stackOf} from './learned.ts';

const shop: Readonly<Record<string, WorkloadSpec>> = {
	'web.prod': {labels: {app: 'shop', tier: 'web'}, services: ['https:443']},
	'web.dev': {labels: {app: 'shop', tier: 'web'}, services: ['https:443']},
	'api.prod': {labels: {app: 'shop', tier: 'api'}, services: ['http:8080', 'metrics:9100']},
	'api.dev': {labels: {app: 'shop', tier: 'api'}, services: ['http:8080', 'metrics:9100']},
	'db.prod': {labels: {app: 'shop', tier: 'db'}, services: ['postgres:5432', 'metrics:9100']},
	'db.dev': {labels: {app: 'shop', tier: 'db'}, services: ['postgres:5432', 'metrics:9100']},
	monitor: {labels: {app: 'monitor'}},
	customers: {outside: true},
};

interface Case {
	readonly title: string;
	readonly needs: readonly string[];
	readonly rules: readonly object[];
}

const cases: readonly Case[] = [
	{
		title: 'a need in every environment that has both ends is one rule with `same`',
		needs: ['web.prod -> api.prod:8080', 'web.dev -> api.dev:8080'],
		rules: [{from: {tier: 'web'}, to: {tier: 'api'}, same: ['env'], on: ['http']}],
	},
	{
		title: 'a need in one of two environments names it',
		needs: ['web.prod -> api.prod:8080'],
		rules: [{from: {tier: 'web', env: 'prod'}, to: {tier: 'api', env: 'prod'}, on: ['http']}],
	},
	{
		title: 'a port on which nothing is declared is named by its number',
		needs: ['web.prod -> api.prod:9999', 'web.prod -> api.prod:53/udp'],
		rules: [{from: {tier: 'web', env: 'prod'}, to: {tier: 'api', env: 'prod'}, on: ['53/udp', '9999/tcp']}],
	},
	{
		title: 'who uses all that offer a service uses everyone',
		needs: ['api.prod', 'api.dev', 'db.prod', 'db.dev'].map(to => `monitor -> ${to}:9100`),
		rules: [{from: {app: 'monitor'}, on: ['metrics']}],
	},
	{
		title: 'an outside host is named',
		needs: ['customers -> web.prod:443'],
		rules: [{from: {workload: 'customers'}, to: {tier: 'web', env: 'prod'}, on: ['https']}],
	},
	{title: 'no need gives no rule, and everything is denied', needs: [], rules: []},
];

for (const {title, needs, rules} of cases)
	test(title, t => {
		const known = topology(shop);
		const all = needs.map(need);
		const learned = leastPolicy(known, all);
		t.deepEqual(
			rulesOf(learned).map(({allow: _, ...rule}) => rule),
			rules as Record<string, unknown>[],
		);
		t.deepEqual(differences(known, all, learned), []);
	});

test('workloads that no labels tell apart are named, and without labels nothing is taken for alike', t => {
	const known = topology({a: {}, b: {}, c: {services: ['http:80']}, d: {services: ['http:80']}});
	const needs = ['a -> c:80', 'b -> d:80'].map(need);
	const learned = leastPolicy(known, needs);
	t.deepEqual(
		rulesOf(learned).map(({from, to}) => [from, to]),
		[
			[{workload: 'a'}, {workload: 'c'}],
			[{workload: 'b'}, {workload: 'd'}],
		],
	);
	t.deepEqual(differences(known, needs, learned), []);
});

test('of hosts with the same labels, what all were seen to do in part is allowed to all, and told', t => {
	const web = {labels: {role: 'web', env: 'prod'}};
	const db = {labels: {role: 'db', env: 'prod'}, services: ['postgres:5432']};
	const known = topology({web1: web, web2: web, db1: db, db2: db});
	const needs = ['web1 -> db1:5432', 'web2 -> db2:5432'].map(need);
	const learned = leastPolicy(known, needs);
	t.deepEqual(
		rulesOf(learned).map(({from, to}) => [from, to]),
		[[{role: 'web'}, {role: 'db'}]],
	);
	t.deepEqual(learned.notes.slice(0, 2), [
		'generalised: workloads with the same labels were taken as one; 2 pairs allowed and not seen:',
		'  web1 -> db2: postgres (5432/tcp); web2 -> db1: postgres (5432/tcp)',
	]);
	t.deepEqual(differences(known, needs, learned), []);
	const fewer = leastPolicy(known, needs.slice(0, 1));
	t.deepEqual(
		rulesOf(fewer).map(({from, to}) => [from, to]),
		[[{workload: 'web1'}, {workload: 'db1'}]],
		'one of them was not seen: names',
	);
	t.true(fewer.notes.some(line => line.includes('db2; web2')));
});

test('who needs nothing is not meant, though its flow to itself could not be told from one', t => {
	const known = topology({'web.prod': {}, 'db.prod': {services: ['postgres:5432']}});
	const learned = leastPolicy(known, [need('web.prod -> db.prod:5432')]);
	t.deepEqual(
		rulesOf(learned).map(({from, to}) => [from, to]),
		[[{workload: 'web'}, {workload: 'db'}]],
	);
});

test('what was not seen is told: workloads without a flow, services without a caller', t => {
	const {notes} = leastPolicy(topology(shop), [need('web.prod -> api.prod:8080')]);
	t.deepEqual(notes, [
		'not seen: 6 workloads without any flow, which may use nothing and be used by nobody:',
		'  api.dev; customers; db.dev; db.prod; monitor; web.dev',
		'not seen: 2 services without a caller, closed to everyone:',
		'  api.prod: metrics (9100/tcp); web.prod: https (443/tcp)',
	]);
});

test('the same needs in another order give the same policy', t => {
	const needs = ['web.prod -> api.prod:8080', 'web.dev -> api.dev:8080', 'monitor -> db.dev:9100'].map(need);
	t.deepEqual(leastPolicy(topology(shop), needs.toReversed()), leastPolicy(topology(shop), needs));
});

test('what is learned from the shop’s dependencies is its segmented policy, flow by flow, but for what nobody needs', async t => {
	const {topology: known, candidates} = await loaded('shop');
	const learned = leastPolicy(known, known.dependencies);
	t.deepEqual(differences(known, known.dependencies, learned), []);
	const segmented = createReach(known, candidates.find(({name}) => name === 'segmented')!.stack);
	const first = createReach(known, stackOf(learned, known));
	for (const from of known.workloads)
		for (const to of known.workloads.filter(one => one !== from && !(one.outside && from.outside))) {
			const [mine, theirs] = [first, segmented].map(reach =>
				reach.open(reach.classOf(from.name), reach.classOf(to.name), 4),
			) as [PortSet, PortSet];
			t.true(samePorts(union(mine, theirs), theirs), `${from.name} -> ${to.name}`);
		}
});
