// Logs of several tools as dependencies of a topology; what becomes none is told, and nothing is lost in silence.
import test from 'ava';
import {parseFlowLog} from '../../core/learn/flow-log.ts';
import {type Learned, learnFlows} from '../../core/learn/learn-flows.ts';
import type {Topology} from '../../core/model/topology.ts';
import {topology} from '../builders/topology.ts';

const estate = topology({
	web: {addresses: ['10.0.0.1']},
	db: {addresses: ['10.0.0.2'], services: ['postgres:5432']},
	cache: {addresses: ['10.0.0.3', 'fd00::3'], namespace: 'shop', labels: {app: 'cache'}},
});

function learn(
	text: string,
	known: Topology = estate,
): Learned & {readonly needs: readonly string[]; readonly told: string} {
	const log = parseFlowLog('flows', text);
	if (log.kind === 'wrong') throw new Error(log.problems.map(({what, mend}) => `${what} (${mend})`).join('\n'));
	const learned = learnFlows(known, [log.value]);
	return {
		...learned,
		needs: learned.topology.dependencies.map(
			({from, to, port, protocol, source}) => `${from} -> ${to}:${port}/${protocol} ${source}`,
		),
		told: learned.decisions.map(({where, what}) => `${where.line}: ${what}`).join('\n'),
	};
}

test('Illumio’s headings are known; names and addresses are resolved, a port becomes a service', t => {
	const {needs, topology: known} = learn(
		'Consumer IP,Consumer Hostname,Provider IP,Provider Hostname,Provider Port,Protocol,Num Flows,Reported Policy Decision\n' +
			'10.0.0.1,web.corp.example,10.0.0.2,,5432,TCP,"1,200",Potentially Blocked\n' +
			'10.0.0.1,,,cache,6379,6,1,Allowed\n',
	);
	t.deepEqual(needs, ['web -> cache:6379/tcp learned', 'web -> db:5432/tcp learned']);
	const services = known.workloads.find(({name}) => name === 'cache')!.services;
	t.deepEqual(
		services.map(({name, port, speaks}) => [name, port, speaks]),
		[['redis', 6379, 'redis']],
	);
});

test('what was denied, is of no port, or is nobody’s is told with counts, the busiest first', t => {
	const {needs, told} = learn(
		'src,dst,port,protocol,flows,action\n' +
			'10.0.0.1,10.0.0.2,22,tcp,5,blocked\n10.0.0.1,10.0.0.2,,icmp,7,allowed\n' +
			'10.7.7.7,10.0.0.2,5432,tcp,3,allowed\n10.8.8.8,10.0.0.2,5432,tcp,4000,allowed\n' +
			'10.0.0.1,224.0.0.251,5353,udp,9,allowed\n10.0.0.1,,80,tcp,1,allowed\n10.0.0.1,10.0.0.2,99999,tcp,1,allowed\n',
	);
	t.deepEqual(needs, []);
	t.is(
		told,
		[
			'2: 5 flows that were denied, 10.0.0.1 -> 10.0.0.2:22/tcp',
			'3: 7 flows of icmp, 10.0.0.1 -> 10.0.0.2 icmp',
			'5: 10.8.8.8 is not in the topology: 4000 flows, 10.8.8.8 -> 10.0.0.2:5432/tcp',
			'4: 10.7.7.7 is not in the topology: 3 flows, 10.7.7.7 -> 10.0.0.2:5432/tcp',
			'6: 9 flows to multicast or broadcast addresses, 10.0.0.1 -> 224.0.0.251:5353/udp',
			'7: a flow without a source or a destination: the row is passed by',
			'8: 99999 is no port: the row is passed by',
		].join('\n'),
	);
});

test('addresses of the internet are one outside host, and told', t => {
	const {needs, told, topology: known} = learn('src,dst,port\n8.8.8.8,10.0.0.1,443\n10.0.0.1,1.1.1.1,53/udp\n');
	t.deepEqual(needs, ['internet -> web:443/tcp learned', 'web -> internet:53/udp learned']);
	t.true(known.workloads.find(({name}) => name === 'internet')!.outside);
	t.regex(told, /1\.1\.1\.1 is taken as internet, .*: 1 flow/);
});

test('five dynamic ports of a host are one service', t => {
	const rows = [49152, 50000, 51000, 60000, 65000].map(port => `10.0.0.1,10.0.0.2,${port}`).join('\n');
	t.deepEqual(learn(`src,dst,port\n${rows}\n`).needs, ['web -> db:49152/tcp learned']);
	t.is(learn(`src,dst,port\n${rows.split('\n').slice(1).join('\n')}\n`).needs.length, 4, 'four are four');
});

const vpc = (...records: readonly string[]): string =>
	records.map(one => `2 123456789010 eni-1 ${one} 20 4249 1418530010 1418530070 ACCEPT OK`).join('\n');

const directions: readonly (readonly [title: string, records: readonly string[], need: string])[] = [
	['a known service answers', ['10.0.0.2 10.0.0.1 5432 49761 6'], 'web -> db:5432/tcp learned'],
	[
		'both directions are one need',
		['10.0.0.1 10.0.0.2 49761 5432 6', '10.0.0.2 10.0.0.1 5432 49761 6'],
		'web -> db:5432/tcp learned',
	],
	['a port below 1024 answers', ['10.0.0.3 10.0.0.1 777 40000 6'], 'web -> cache:777/tcp learned'],
	[
		'the port that many talk to answers',
		['10.0.0.3 10.0.0.1 45000 41000 6', '10.0.0.3 10.0.0.1 45000 42000 6'],
		'web -> cache:45000/tcp learned',
	],
	['a port that clients are not given answers', ['10.0.0.3 10.0.0.1 9999 40000 6'], 'web -> cache:9999/tcp learned'],
];

for (const [title, records, need] of directions)
	test(`in a VPC flow log ${title}`, t => {
		t.deepEqual(learn(vpc(...records)).needs, [need]);
	});

test('a VPC flow log may have a head of its own; rejected records and lines without data are told', t => {
	const {needs, told} = learn(
		'srcaddr dstaddr dstport srcport protocol action log-status\n10.0.0.1 10.0.0.2 5432 50000 6 ACCEPT OK\n10.0.0.1 10.0.0.2 22 50001 6 REJECT OK\n- - - - - - SKIPDATA\n10.0.0.1 10.0.0.3 45001 45000 17 ACCEPT OK\n',
	);
	t.deepEqual(needs, ['web -> cache:45001/udp learned', 'web -> db:5432/tcp learned']);
	t.regex(told, /3: 1 flow that were denied|3: 1 flows? that were denied/);
	t.regex(told, /4: the log has SKIPDATA here/);
	t.regex(told, /5: in 1 record neither port is a server’s/);
});

const hubble = (verdict: string, source: object, destination: object, ports: object, rest: object = {}): string =>
	JSON.stringify({
		flow: {
			verdict,
			source,
			destination,
			l4: {TCP: ports},
			IP: {source: '10.244.0.5', destination: '10.244.0.6'},
			...rest,
		},
	});

test('Hubble’s lines are resolved by workload, pod, labels and address; answers are turned, drops are told', t => {
	const web = {
		namespace: 'shop',
		pod_name: 'web-7d9fd8c9b-abcde',
		workloads: [{name: 'web', kind: 'Deployment'}],
		labels: ['k8s:app=web'],
	};
	const cache = {namespace: 'shop', pod_name: 'x-0', labels: ['k8s:app=cache', 'k8s:pod-template-hash=1']};
	const {needs, told} = learn(
		[
			hubble('FORWARDED', web, cache, {source_port: 40000, destination_port: 6379}),
			hubble(
				'FORWARDED',
				{namespace: 'shop', pod_name: 'db-0'},
				web,
				{source_port: 5432, destination_port: 41000},
				{is_reply: true},
			),
			hubble('DROPPED', web, cache, {source_port: 40000, destination_port: 22}),
			hubble('FORWARDED', {labels: ['reserved:world']}, web, {destination_port: 443}, {is_reply: false}),
			hubble('FORWARDED', {namespace: 'kube-system', pod_name: 'coredns-1'}, web, {destination_port: 8080}),
			'{"lost_events":{"num_events_lost":"3"}}',
			'{"node_status":{}}',
			'nonsense',
		].join('\n'),
	);
	t.deepEqual(needs, [
		'internet -> web:443/tcp learned',
		'web -> cache:6379/tcp learned',
		'web -> db:5432/tcp learned',
	]);
	t.regex(told, /3: 1 flows? that were denied/);
	t.regex(told, /5: coredns-1 is not in the topology: 1 flow, coredns-1 -> web:8080\/tcp/);
	t.regex(told, /6: Hubble lost events here/);
	t.regex(told, /8: this line is no JSON object/);
});
