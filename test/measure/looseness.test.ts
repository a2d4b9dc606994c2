import test from 'ava';
import {looseness} from '../../core/measure/looseness.ts';
import {portClasses} from '../../core/measure/port-classes.ts';
import type {Flow} from '../../core/model/flow.ts';
import {allows, denies, need, needing, only} from '../builders/measuring.ts';
import {allow, policies} from '../builders/policy.ts';
import {service, topology} from '../builders/topology.ts';

const lab = needing(topology({'web-1': {}, 'web-2': {}, db: {services: ['postgres:5432', 'ssh:22']}}), [
	need('web -> db:5432'),
]);
const to = (port: number) => (flow: Flow) => flow.destination.workload === 'db' && flow.port === port;

for (const [title, verdict, expected] of [
	['least privilege is not loose', only(to(5432)), [0, 0]],
	['one allowed service of two is needed', only(flow => to(5432)(flow) || to(22)(flow)), [0.5, 0]],
	['where nothing is allowed there is nothing to be loose', () => denies(), [null, null]],
	['open to everything: a half of what is usable, and the rest open to nothing', () => allows('p0.r1'), [0.5, 8 / 10]],
] as const)
	test(title, t => {
		const found = looseness({topology: lab, stack: [], verdict});
		t.deepEqual([found.usableNow, found.openToNothing], [...expected]);
	});

test('a pair is allowed where any replica is, if a rule can tell replicas apart', t => {
	const stack = policies({rules: [allow('the second', {from: {workload: 'web-2'}})]});
	const second = only(flow => flow.source.workload === 'web-2' && to(5432)(flow));
	t.deepEqual(looseness({topology: lab, stack, verdict: second}).usableNow, 0);
	t.deepEqual(looseness({topology: lab, stack: [], verdict: second}).usableNow, null);
});

test('a rule’s port is a class of its own where nothing listens', t => {
	const stack = policies({rules: [allow('all of it', {on: ['8000-8999/tcp']})]});
	const found = looseness({
		topology: lab,
		stack,
		verdict: only(flow => flow.destination.workload === 'db' && flow.port >= 8000 && flow.port <= 8999),
	});
	t.deepEqual([found.usableNow, found.openToNothing], [null, 1]);
});

const classes = (services: readonly string[], ...on: readonly string[]): readonly string[] =>
	portClasses(
		services.map(text => service(text)),
		policies({rules: [allow('it', {on})]}),
	).map(({protocol, port}) => `${port}/${protocol}`);

for (const [title, services, on, expected] of [
	[
		'each named port, and one for all others',
		['a:22', 'b:443'],
		[],
		['0/icmp', '22/tcp', '443/tcp', '444/tcp', '1/udp'],
	],
	[
		'overlapping ranges are cut at their borders',
		[],
		['10-20/tcp', '15-30/tcp'],
		['0/icmp', '10/tcp', '15/tcp', '21/tcp', '31/tcp', '1/udp'],
	],
	['a range of everything leaves no others', [], ['1-65535/tcp'], ['0/icmp', '1/tcp', '1/udp']],
	[
		'sctp has classes only where it is named',
		['a:3868/sctp'],
		[],
		['0/icmp', '1/tcp', '1/udp', '3868/sctp', '3869/sctp'],
	],
] as const)
	test(`port classes: ${title}`, t => t.deepEqual([...classes(services, ...on)], [...expected]));
