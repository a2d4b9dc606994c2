import test from 'ava';
import {portWords} from '../../cli/matrix/port-words.ts';
import type {Flow} from '../../core/model/flow.ts';
import {createEvaluator} from '../../core/policy/evaluate.ts';
import {connectionsOf} from '../../core/reach/connections.ts';
import {addressName} from '../../core/reach/connections-address-name.ts';
import {joinedSpans, prefixText} from '../../core/reach/connections-ranges.ts';
import {openPairs} from '../../core/reach/connections-rows.ts';
import {hasPort, portSet} from '../../core/reach/port-set.ts';
import {allow, policies} from '../builders/policy.ts';
import {randomCase} from '../builders/random.ts';
import {topology} from '../builders/topology.ts';

const firstSeed = Number(process.env.FIREBREAK_SEED ?? 1);

/** `web ▸ db 5432/tcp`, with `~` where replicas differ and `≠` where the families do. */
const lines = (...given: Parameters<typeof connectionsOf>): readonly string[] =>
	[...openPairs(connectionsOf(...given))].map(
		({source, destination, cell}) =>
			`${source.label} ▸ ${destination.label} ${portWords(cell.open)}${cell.everywhere ? '' : ' ~'}${cell.byFamily === null ? '' : ' ≠'}`,
	);

test('replicas are one owner, and an owner and itself are no pair', t => {
	const shop = topology({'web-1.prod': {}, 'web-2.prod': {}, 'db.prod': {}});
	const stack = policies({rules: [allow('all', {on: ['80/tcp']})]});
	t.deepEqual(lines(shop, stack), ['db.prod ▸ web.prod 80/tcp', 'web.prod ▸ db.prod 80/tcp']);
});

test('where replicas differ, the owner has what any of them has, and the cell says so', t => {
	const shop = topology({'web-1': {labels: {ring: 'new'}}, 'web-2': {}, db: {}});
	const stack = policies({rules: [allow('ring', {from: {ring: 'new'}, to: {workload: 'db'}, on: ['5432/tcp']})]});
	t.deepEqual(lines(shop, stack), ['web ▸ db 5432/tcp ~']);
});

test('a hole in one family is found, and is not there where both ends have one family only', t => {
	const open = policies({rules: [allow('v6', {from: {cidr: '::/0'}, to: {workload: 'db'}, on: ['5432/tcp']})]});
	const both = topology({web: {}, db: {}});
	const [hole] = [...openPairs(connectionsOf(both, open))].filter(({source}) => source.name === 'web');
	t.is(hole?.cell.byFamily?.[4].length, 0);
	t.is(portWords(hole!.cell.byFamily![6]), '5432/tcp');
	const four = topology({web: {addresses: ['198.18.0.2']}, db: {addresses: ['198.18.0.3']}});
	t.false(lines(four, policies()).some(line => line.includes('≠')));
	t.deepEqual(connectionsOf(four, open).families, [4]);
});

test('two of the world beyond are no pair', t => {
	const shop = topology({web: {addresses: ['198.18.0.2']}, internet: {outside: true, addresses: ['203.0.113.1']}});
	t.deepEqual(lines(shop, policies()), [
		'internet ▸ web everything',
		'web ▸ internet everything',
		'web ▸ any address everything',
		'any address ▸ web everything',
	]);
});

test('only the ports that are asked for count', t => {
	const shop = topology({web: {addresses: ['198.18.0.2']}, db: {addresses: ['198.18.0.3']}});
	const only = portSet([{protocol: 'tcp', first: 80, last: 81}]);
	t.deepEqual(lines(shop, policies({rules: [allow('all', {on: ['81-90/tcp']})]}), {only}), [
		'db ▸ web 81/tcp',
		'web ▸ db 81/tcp',
	]);
});

test('of random policies, an owner reaches another exactly where the evaluator lets some replica', t => {
	let [checked, open] = [0, 0];
	for (let seed = firstSeed; seed < firstSeed + 60; seed++) {
		const {topology: random, stack} = randomCase(seed, {multiHomed: false});
		const connections = connectionsOf(random, stack);
		const evaluator = createEvaluator(random, stack);
		const owners = connections.peers.filter(({ranges, outside}) => ranges === null && !outside);
		for (const source of owners.slice(0, 6))
			for (const destination of owners.slice(0, 6)) {
				if (source === destination) continue;
				const cell = connections.between(source.group, destination.group);
				for (const [protocol, port] of [
					['tcp', 80],
					['tcp', 5432],
					['udp', 53],
					['tcp', 9],
					['icmp', 0],
				] as const) {
					const flows = random.workloads
						.filter(({kind}) => kind === source.name)
						.flatMap(from => random.workloads.filter(({kind}) => kind === destination.name).map(to => ({from, to})))
						.flatMap(({from, to}) =>
							([4, 6] as const).flatMap((family): readonly Flow[] => {
								const [own, far] = [from, to].map(one => one.addresses.find(address => address.family === family));
								if (own === undefined || far === undefined) return [];
								const ends = {
									source: {workload: from.name, address: own.address},
									destination: {workload: to.name, address: far.address},
								};
								return [{...ends, family, protocol, port}];
							}),
						);
					const allowed = flows.some(flow => evaluator.verdict(flow, 'host').action === 'allow');
					t.is(
						hasPort(cell.open, protocol, port),
						allowed,
						`seed ${seed}: ${source.name} ▸ ${destination.name} ${port}/${protocol}`,
					);
					checked++;
					if (allowed) open++;
				}
			}
	}
	t.true(checked > 2000 && open > 200 && open < checked - 200, `${open} of ${checked}`);
});

test('ranges that touch are one, and those of two families stay two', t => {
	t.deepEqual(
		joinedSpans([
			{first: '10.0.1.0', last: '10.0.1.255'},
			{first: '::', last: '::1'},
			{first: '10.0.0.0', last: '10.0.0.255'},
			{first: '10.0.3.0', last: '10.0.3.0'},
		]),
		[
			{first: '10.0.0.0', last: '10.0.1.255'},
			{first: '10.0.3.0', last: '10.0.3.0'},
			{first: '::', last: '::1'},
		],
	);
});

const prefixes: readonly (readonly [string, string, string])[] = [
	['10.0.0.0', '10.255.255.255', '10.0.0.0/8'],
	['10.0.0.1', '10.0.0.1', '10.0.0.1'],
	['10.0.0.1', '10.0.0.2', '10.0.0.1-10.0.0.2'],
	['0.0.0.0', '255.255.255.255', '0.0.0.0/0'],
	['10.0.0.0', '10.0.0.2', '10.0.0.0-10.0.0.2'],
	['2001:db8::', '2001:db8:ffff:ffff:ffff:ffff:ffff:ffff', '2001:db8::/32'],
];
for (const [first, last, text] of prefixes)
	test(`${first} to ${last} is ${text}`, t => t.is(prefixText({first, last}), text));

test('addresses have the shortest name that is true', t => {
	const [low, high] = [
		{first: '0.0.0.0', last: '9.255.255.255'},
		{first: '11.0.0.0', last: '255.255.255.255'},
	];
	t.is(addressName([low, high], [4]), 'other addresses');
	t.is(addressName([low, high], [4, 6]), 'other addresses (IPv4)');
	t.is(
		addressName(
			[
				{first: '10.0.0.0', last: '10.0.0.255'},
				{first: '10.0.2.1', last: '10.0.2.1'},
			],
			[4],
		),
		'10.0.0.0/24 +1',
	);
});
