import test from 'ava';
import {breakage} from '../../core/measure/breakage.ts';
import {closed, denied, open, unsure} from '../builders/evidence.ts';
import {flow} from '../builders/flow.ts';
import {need, needing, rules} from '../builders/measuring.ts';
import {topology} from '../builders/topology.ts';

const bare = topology({
	'web-1.prod': {services: ['https:443']},
	'web-2.prod': {services: ['https:443']},
	'db.prod': {services: ['postgres:5432', 'metrics:9100']},
	internet: {outside: true},
	dns: {services: ['dns:53/udp']},
});
const lab = needing(bare, [need('web.prod -> db.prod:5432')], ['dns']);
const one = flow('web-1.prod', 'db.prod:5432');
const two = flow('web-2.prod', 'db.prod:5432');

test('a dependency that works from one replica and not from the other is broken, 1 of 2', t => {
	const {broken, flows} = breakage({
		topology: lab,
		rules,
		control: [open(one), open(two)],
		probed: [open(one, 'p0.r1'), denied(two)],
	});
	t.is(broken, 1);
	t.like(flows[0], {dependency: 'web.prod -> db.prod:5432/tcp', failing: 1, of: 2, rule: {id: 'p0.default'}});
});

test('a flow that did not answer with no policy is not broken by one', t => {
	const {broken, flows} = breakage({
		topology: lab,
		rules,
		control: [open(one), unsure(two)],
		probed: [open(one, 'p0.r1'), denied(two)],
	});
	t.deepEqual([broken, flows], [0, []]);
});

test('a dependency that never answered is untestable, and not fine', t => {
	const found = breakage({
		topology: lab,
		rules,
		control: [closed(one), closed(two)],
		probed: [denied(one), denied(two)],
	});
	t.deepEqual([found.broken, found.untestable], [0, ['web.prod -> db.prod:5432/tcp']]);
});

test('a flow that nobody can say anything of is not counted as broken', t => {
	t.is(breakage({topology: lab, rules, control: [open(one)], probed: [unsure(one)]}).broken, 0);
});

test('a dependency whose listener is gone under the candidate is broken though no rule denied it', t => {
	const {flows} = breakage({topology: lab, rules, control: [open(one)], probed: [closed(one)]});
	t.like(flows[0], {failing: 1, rule: null});
});

test('a workload’s flow to itself is no part of a dependency of its kind on itself', t => {
	const cluster = needing(bare, [need('web.prod -> web.prod:443')]);
	const self = {...flow('web-1.prod', 'web-1.prod:443')};
	const peer = flow('web-1.prod', 'web-2.prod:443');
	const {flows} = breakage({
		topology: cluster,
		rules,
		control: [open(self), open(peer)],
		probed: [open(self), denied(peer)],
	});
	t.like(flows[0], {failing: 1, of: 1});
});

test('assumed dependencies are listed when broken, and neither counted nor known', t => {
	const assumed = need('web.prod -> dns:53/udp', {source: 'assumed'});
	const lookup = flow('web-1.prod', 'dns:53/udp');
	const found = breakage({
		topology: needing(bare, [need('web.prod -> db.prod:5432'), assumed], ['dns']),
		rules,
		control: [open(one), open(lookup)],
		probed: [open(one, 'p0.r1'), denied(lookup)],
	});
	t.deepEqual([found.dependencies, found.broken, found.flows.map(({source}) => source)], [1, 0, ['assumed']]);
	t.deepEqual(found.coverage.bySource, {declared: 1, imported: 0, assumed: 1, learned: 0});
	t.deepEqual([found.coverage.services, found.coverage.covered], [3, 1]);
});

test('dangling dependencies are named and not counted', t => {
	const lost = need('web.prod -> mail:25', {dangling: true, service: null});
	const found = breakage({topology: needing(bare, [lost]), rules, control: [], probed: []});
	t.deepEqual([found.dependencies, found.dangling, found.untestable], [0, ['web.prod -> mail:25/tcp'], []]);
});

const metrics = flow('web-1.prod', 'db.prod:9100');

for (const [title, control, probed, expected] of [
	['a service that only the candidate’s world cannot reach', [open(metrics)], [denied(metrics)], ['db.prod:9100/tcp']],
	[
		'not where one caller is left',
		[open(metrics), open(flow('internet', 'db.prod:9100'))],
		[denied(metrics), open(flow('internet', 'db.prod:9100'))],
		[],
	],
	['not where nobody reached it before', [unsure(metrics)], [denied(metrics)], []],
	[
		'not where one caller is unsure',
		[open(metrics), open(flow('internet', 'db.prod:9100'))],
		[denied(metrics), unsure(flow('internet', 'db.prod:9100'))],
		[],
	],
	[
		'an assumed workload is nobody',
		[open(metrics), open(flow('dns', 'db.prod:9100'))],
		[denied(metrics), open(flow('dns', 'db.prod:9100'))],
		['db.prod:9100/tcp'],
	],
	[
		'its own replicas are nobody',
		[open(flow('internet', 'web-1.prod:443')), open(flow('web-2.prod', 'web-1.prod:443'))],
		[denied(flow('internet', 'web-1.prod:443')), open(flow('web-2.prod', 'web-1.prod:443'))],
		['web.prod:443/tcp'],
	],
	[
		'one replica that is still reached keeps the service',
		[open(flow('internet', 'web-1.prod:443')), open(flow('internet', 'web-2.prod:443'))],
		[denied(flow('internet', 'web-1.prod:443')), open(flow('internet', 'web-2.prod:443'))],
		[],
	],
] as const)
	test(`orphaned: ${title}`, t => {
		t.deepEqual(breakage({topology: lab, rules, control, probed}).orphaned, [...expected]);
	});

test('coverage counts services of kinds, not of replicas, and names those without a caller', t => {
	t.like(breakage({topology: lab, rules, control: [], probed: []}).coverage, {
		services: 3,
		covered: 1,
		share: 1 / 3,
		withoutCaller: ['db.prod:9100/tcp', 'web.prod:443/tcp'],
	});
});
