import test from 'ava';
import {assemble} from '../../core/assembly/assemble.ts';
import {imageListeners} from '../../core/assembly/image-ports.ts';
import type {MachinePart, Parts} from '../../core/assembly/parts.ts';
import {parseTopology} from '../../core/files/topology.ts';
import {renderProblem} from '../../core/model/problem.ts';
import type {Topology} from '../../core/model/topology.ts';
import {nativeFiles} from '../../core/native/native-files.ts';

const where = {file: 'f', line: 1, column: 1};

const machine = (
	name: string,
	networks: readonly (string | readonly [string, string])[],
	more: Partial<MachinePart> = {},
): MachinePart => ({
	name,
	replicas: 1,
	labels: {service: name},
	attachments: networks.map(one =>
		typeof one === 'string' ? {network: one, address: null, where} : {network: one[0], address: one[1], where},
	),
	listeners: [],
	holds: [],
	aliases: [],
	outside: false,
	managed: true,
	image: null,
	command: null,
	variables: {},
	where,
	...more,
});

const parts = (machines: readonly MachinePart[], networks: Readonly<Record<string, string | null>>): Parts => ({
	name: 'x',
	networks: Object.entries(networks).map(([name, cidr]) => ({name, cidr, where})),
	machines,
	needs: [],
	secrets: [],
	assumptions: [],
	where,
});

function built(given: Parts): Topology {
	const assembled = assemble(given);
	if (assembled.kind === 'wrong') throw new Error(assembled.problems.map(renderProblem).join('\n'));
	return assembled.value;
}

const addresses = ({workloads}: Topology): readonly string[] =>
	workloads.map(one => `${one.name} ${one.addresses.map(({address}) => address).join(' ')}`);

test('addresses are those that the written topology gives: fixed ones, replicas, several networks, outside hosts', t => {
	const topology = built(
		parts(
			[
				machine('zeta', ['n']),
				machine('web', ['n', 'm'], {replicas: 12}),
				machine('web-api', ['m', ['n', '10.0.0.3']]),
				machine('first', [['n', '10.0.0.1']]),
				machine('world', [], {outside: true}),
			],
			{n: '10.0.0.0/24', m: null},
		),
	);
	const [file] = nativeFiles({topology, stack: []}, {name: 'x', source: 'a test'}).filter(({path}) =>
		path.endsWith('.topology.yaml'),
	);
	const again = parseTopology([{file: 'x', text: file!.text}]);
	if (again.kind === 'wrong') throw new Error(again.problems.map(renderProblem).join('\n'));
	t.deepEqual(
		again.value.workloads.map(({kind}) => kind),
		topology.workloads.map(({kind}) => kind),
	);
	const sorted = (one: Topology): readonly string[] =>
		addresses(one)
			.map(line => line.split(' ').slice(1).join(' '))
			.sort();
	t.deepEqual(sorted(again.value), sorted(topology), 'the same addresses');
	const others = (one: Topology): readonly string[] => addresses(one).filter(line => !/^web-\d/.test(line));
	t.deepEqual(others(again.value), others(topology));
	t.true(addresses(topology).includes('world 192.0.2.2 2001:db8::2'));
});

test('an outside host gets a network of its own where the documentation range is somebody’s', t => {
	const topology = built(parts([machine('a', ['n']), machine('o', [], {outside: true})], {n: '192.0.2.0/25'}));
	t.deepEqual(
		topology.segments.map(({name}) => name),
		['n', 'world'],
	);
});

test('networks without a range lie beside each other and beside those of the source, and have room for their replicas', t => {
	const topology = built(
		parts([machine('a', ['x', 'y', 'z'], {replicas: 400})], {x: '198.18.2.0/23', y: null, z: null}),
	);
	t.deepEqual(
		topology.segments.map(({prefixes}) => prefixes[0]!.cidr),
		['198.18.2.0/23', '198.18.0.0/23', '198.18.4.0/23'],
	);
});

test('a range without room for everybody is a problem, and the gateway’s address is room for who asks for it', t => {
	const two = parts([machine('a', [['n', '10.0.0.1']]), machine('b', [['n', '10.0.0.2']])], {n: '10.0.0.0/30'});
	t.is(assemble(two).kind, 'ok');
	const crowded = assemble(parts([machine('a', ['n']), machine('b', ['n'])], {n: '10.0.0.0/30'}));
	t.deepEqual(crowded.kind === 'wrong' ? crowded.problems.map(({what}) => what) : [], [
		'network n, 10.0.0.0/30, has room for 1, and 2 workloads are in it',
	]);
	const reserved = assemble(parts([machine('a', [['n', '10.0.0.3']])], {n: '10.0.0.0/30'}));
	t.is(reserved.kind, 'wrong');
});

test('an image is known by the last part of its name, whatever its registry, tag or digest', t => {
	for (const image of [
		'postgres',
		'postgres:16',
		'docker.io/library/postgres@sha256:1',
		'host:5000/bitnami/postgresql:1',
	])
		t.deepEqual(
			imageListeners(image).map(({port}) => port),
			[5432],
			image,
		);
	t.deepEqual(
		imageListeners('mcr.microsoft.com/mssql/server:2022').map(({port}) => port),
		[1433],
	);
	t.deepEqual(imageListeners('acme/server'), []);
	t.deepEqual(imageListeners('postgres-exporter'), []);
});
