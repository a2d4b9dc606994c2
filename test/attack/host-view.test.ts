import test from 'ava';
import {attackTopology, viewOf} from '../builders/attack-world.ts';

const world = attackTopology(
	{
		'wiki.dev': {knows: ['api.dev'], holds: ['key', 'word'], needs: ['api.dev:8080', 'gone.dev:80']},
		'api-1.dev': {services: ['http:8080', 'ssh:22'], segment: 'far'},
		'api-2.dev': {services: ['http:8080', 'ssh:22'], segment: 'far', families: [4]},
		'api.prod': {services: ['http:8080', 'postgres:5432'], segment: 'far'},
	},
	{
		key: 'ssh-key api-1.dev:ssh api-2.dev:ssh',
		word: 'password api.prod:postgres api.prod:http',
		other: 'password api.prod:http',
	},
);
const wiki = viewOf(world, 'wiki.dev');

test('a view has its own addresses and the prefixes that they lie in, and no others', t => {
	t.is(wiki.hostname, 'wiki.dev');
	t.deepEqual(wiki.addresses, ['10.0.0.1', 'fd00:1::1']);
	t.deepEqual(wiki.subnets, ['10.0.0.0/26', 'fd00:1::/64']);
	t.deepEqual(viewOf(world, 'api-2.dev').subnets, ['10.0.1.0/26']);
});

test('the hosts file has every replica of what it knows at each address, and nothing of other environments', t => {
	t.deepEqual(wiki.hosts, [
		{name: 'api-1.dev', address: '10.0.1.2'},
		{name: 'api-1.dev', address: 'fd00:2::2'},
		{name: 'api-2.dev', address: '10.0.1.3'},
	]);
});

test('peers are the far ends of its own dependencies, with what speaks there; a dangling one has no address', t => {
	const peer = {protocol: 'tcp', port: 8080, speaks: 'http'} as const;
	t.deepEqual(wiki.peers, [
		{name: 'api-1.dev', address: '10.0.1.2', ...peer},
		{name: 'api-1.dev', address: 'fd00:2::2', ...peer},
		{name: 'api-2.dev', address: '10.0.1.3', ...peer},
	]);
	t.deepEqual(viewOf(world, 'api.prod').peers, []);
});

test('secrets are those it holds, say which protocols they are for, and do not say where they open', t => {
	t.deepEqual(wiki.secrets, [
		{id: 'key', kind: 'ssh-key', user: 'ops', material: 'key', speaks: ['ssh']},
		{id: 'word', kind: 'password', user: 'ops', material: 'word', speaks: ['http', 'postgres']},
	]);
});
