// Rows against the topology: folded or not, declared or not, never seen.
import test from 'ava';
import {dependencyMap} from '../../core/flows/dependency-map.ts';
import type {Topology} from '../../core/model/topology.ts';
import {topology} from '../builders/topology.ts';
import {need} from '../learn/learned.ts';
import {row} from './rows.ts';

const known: Topology = {
	...topology({
		'web-1.prod': {},
		'web-2.prod': {},
		'db.prod': {services: ['postgres:5432', 'rpc:49152-65535']},
	}),
	dependencies: [need('web.prod -> db.prod:5432'), need('db.prod -> web.prod:80')],
};

test('replicas are one unless each is asked for, and both families are one flow', t => {
	const rows = [
		row('web-1.prod', 'db.prod:5432', {count: 2}),
		row('web-2.prod', 'db.prod:5432', {count: 3, lastAt: 9}),
		row('web-1.prod', 'db.prod:5432', {family: 6}),
	];
	const {edges} = dependencyMap(known, rows, 'kinds');
	t.deepEqual(
		edges.map(({from, to, service, count, families, lastAt, dependency}) => [
			...[from.name, to.name, service, count, lastAt, dependency],
			...families,
		]),
		[['web.prod', 'db.prod', 'postgres', 6, 9, 'learned', 4, 6]],
	);
	t.is(dependencyMap(known, rows, 'workloads').edges.length, 2);
});

test('what no dependency is of is undeclared, and nobody’s addresses are told as such', t => {
	const {edges} = dependencyMap(
		known,
		[row('web-1.prod', 'db.prod:22'), row('web-1.prod', '@203.0.113.9:443'), row('web-1.prod', 'db.prod:50000')],
		'kinds',
	);
	t.deepEqual(
		edges.map(({to, port, lastPort, dependency}) => [to.name, to.workload?.kind ?? null, port, lastPort, dependency]),
		[
			['203.0.113.9', null, 443, 443, null],
			['db.prod', 'db.prod', 22, 22, null],
			['db.prod', 'db.prod', 49_152, 65_535, null],
		],
	);
});

test('a dependency is unseen where nothing of it was seen, and dangling ones are not waited for', t => {
	const dangling = {...need('web.prod -> gone:80'), dangling: true};
	const {unseen} = dependencyMap(
		{...known, dependencies: [...known.dependencies, dangling]},
		[row('web-1.prod', 'db.prod:5432', {verdict: 'deny'})],
		'kinds',
	);
	t.deepEqual(
		unseen.map(({from, to}) => `${from} ${to}`),
		['db.prod web.prod'],
	);
});

test('verdicts stay apart, and what would have been denied is no plain allow', t => {
	const {edges} = dependencyMap(
		known,
		[
			row('web-1.prod', 'db.prod:5432'),
			row('web-2.prod', 'db.prod:5432', {verdict: 'deny'}),
			row('web-2.prod', 'db.prod:5432', {would: 'would-deny'}),
		],
		'kinds',
	);
	t.deepEqual(
		edges.map(({verdict}) => verdict),
		['allow', 'deny', 'would-deny'],
	);
});
