// What techniques plan from what is known; each case is a memory, some things learned, and the plan as text.
import test from 'ava';
import type {HostView} from '../../../core/contracts/network.ts';
import type {Learned, PlannedAction} from '../../../core/contracts/technique.ts';
import type {TechniqueName} from '../../../core/model/scenario.ts';
import {createMemory, type Memory} from '../../../scenarios/adversary-memory.ts';
import {builtTechniques} from '../../../scenarios/techniques/built-techniques.ts';
import {learned} from '../../../scenarios/techniques/learned.ts';

const nobody: HostView = {hostname: 'wiki', addresses: ['10.0.0.1'], subnets: [], hosts: [], peers: [], secrets: []};
const peer = {name: 'db', address: '10.0.1.5', protocol: 'tcp', port: 15_432, speaks: 'postgres'} as const;
const key = {id: 'key', kind: 'ssh-key', user: 'ops', material: '', speaks: ['ssh']} as const;
const word = {id: 'word', kind: 'password', user: 'ops', material: '', speaks: ['postgres', 'ssh']} as const;

const inside = (view: Partial<HostView>): Memory => createMemory({...nobody, ...view}, []);
const plan = ({knowledge}: Memory, technique: TechniqueName): readonly PlannedAction[] =>
	builtTechniques.get(technique)!.plan(knowledge);
const aims = (memory: Memory, technique: TechniqueName): readonly string[] =>
	plan(memory, technique).map(({from, to, address, port, protocol, secret, speaks}) =>
		[
			`${from} > ${to}`,
			address === to ? null : address,
			port === null ? null : `${port}/${protocol}`,
			secret?.id,
			speaks,
		]
			.filter(part => part !== null && part !== undefined)
			.join(' '),
	);

/** Folds in what an action from `from` at `address` taught. */
function teach(memory: Memory, found: Partial<Learned>, action: Partial<PlannedAction> = {}): void {
	const {from = 'wiki', address = null} = action;
	const blank = {technique: 'discover-hosts', to: '', protocol: null, port: null, secret: null, speaks: null} as const;
	memory.learn({...blank, ...action, from, address, key: action.key ?? `${Math.random()}`}, learned(found));
}

test('a prefix is swept once from each pivot, and not when every address in it is accounted for', t => {
	const memory = inside({subnets: ['10.0.0.0/30', 'fd00::/64']});
	t.deepEqual(aims(memory, 'discover-hosts'), ['wiki > 10.0.0.0/30']);
	teach(memory, {}, plan(memory, 'discover-hosts')[0]!);
	t.deepEqual(aims(memory, 'discover-hosts'), []);
	const api = {...nobody, hostname: 'api', addresses: ['10.0.0.2'], subnets: ['10.0.0.0/30']};
	teach(memory, {shell: api});
	t.deepEqual(aims(memory, 'discover-hosts'), ['api > 10.0.0.0/30']);
	teach(memory, {absent: ['10.0.0.0'], hosts: ['10.0.0.3']});
	t.deepEqual(aims(memory, 'discover-hosts'), []);
});

test('names are asked for once, by the first pivot whose hosts file has them, unless its sweep would meet them', t => {
	const memory = inside({
		subnets: ['10.0.0.0/30'],
		hosts: [
			{name: 'near', address: '10.0.0.2'},
			{name: 'far', address: '10.0.9.9'},
			{name: 'six', address: 'fd00::9'},
		],
	});
	t.deepEqual(aims(memory, 'discover-hosts'), ['wiki > 10.0.0.0/30', 'wiki > hosts file']);
	const again = {...nobody, hostname: 'api', addresses: ['10.0.5.1'], hosts: [{name: 'far', address: '10.0.9.9'}]};
	teach(memory, {shell: again});
	t.deepEqual(aims(memory, 'discover-hosts'), ['wiki > 10.0.0.0/30', 'wiki > hosts file']);
});

test('names are candidates for services though no echo came back; addresses that nobody owns are not', t => {
	const memory = inside({
		hosts: [
			{name: 'far', address: '10.0.9.9'},
			{name: 'gone', address: '10.0.9.8'},
		],
	});
	teach(memory, {absent: ['10.0.9.8']});
	t.deepEqual(aims(memory, 'discover-services'), ['wiki > far 10.0.9.9']);
});

test('a host is tried at each IPv4 address, and at IPv6 ones only when its name or the pivot has no IPv4', t => {
	const hosts = [
		{name: 'both', address: '10.0.9.9'},
		{name: 'both', address: '10.0.8.9'},
		{name: 'both', address: 'fd00::9'},
		{name: 'six', address: 'fd00::6'},
	];
	const dual = inside({addresses: ['10.0.0.1', 'fd00::1'], hosts});
	t.deepEqual(aims(dual, 'discover-services'), ['wiki > both 10.0.8.9', 'wiki > both 10.0.9.9', 'wiki > six fd00::6']);
	const onlySix = inside({addresses: ['fd00::1'], hosts});
	t.deepEqual(aims(onlySix, 'discover-services'), ['wiki > six fd00::6', 'wiki > both fd00::9']);
	t.deepEqual(aims(inside({hosts}), 'discover-services'), ['wiki > both 10.0.8.9', 'wiki > both 10.0.9.9']);
});

test('a host is searched once from each pivot, and again only for ports that a configuration named since', t => {
	const memory = inside({hosts: [{name: 'far', address: '10.0.9.9'}]});
	const known = memory.knowledge.ports.length;
	teach(memory, {scanned: known}, {address: '10.0.9.9'});
	t.deepEqual(aims(memory, 'discover-services'), []);
	teach(memory, {shell: {...nobody, hostname: 'api', addresses: ['10.0.5.1'], peers: [peer]}});
	t.deepEqual(aims(memory, 'discover-services'), [
		'api > db 10.0.1.5',
		'api > far 10.0.9.9',
		'wiki > db 10.0.1.5',
		'wiki > far 10.0.9.9',
	]);
	t.deepEqual(memory.knowledge.ports.slice(known), ['15432/tcp']);
});

test('an exploit goes to each open port from each pivot it is open to, until it was refused once', t => {
	const memory = inside({peers: [peer]});
	teach(memory, {shell: {...nobody, hostname: 'api', addresses: ['10.0.5.1']}});
	teach(memory, {open: [{address: '10.0.1.5', port: '15432/tcp'}]}, {from: 'api'});
	t.deepEqual(aims(memory, 'exploit-service'), ['api > db 10.0.1.5 15432/tcp', 'wiki > db 10.0.1.5 15432/tcp']);
	teach(memory, {result: 'denied'}, plan(memory, 'exploit-service')[0]!);
	t.deepEqual(aims(memory, 'exploit-service'), ['wiki > db 10.0.1.5 15432/tcp']);
	teach(memory, {settled: ['refused exploit 10.0.1.5 15432/tcp']});
	t.deepEqual(aims(memory, 'exploit-service'), []);
});

test('a host with a shell on it is left alone; one lost by a session is still worth a shell, and no other session', t => {
	const memory = inside({peers: [peer], secrets: [word, key]});
	teach(memory, {
		open: [
			{address: '10.0.1.5', port: '22/tcp'},
			{address: '10.0.1.5', port: '5432/tcp'},
		],
	});
	t.deepEqual(aims(memory, 'reuse-ssh-key'), ['wiki > db 10.0.1.5 22/tcp key ssh']);
	t.deepEqual(aims(memory, 'reuse-password'), [
		'wiki > db 10.0.1.5 15432/tcp word postgres',
		'wiki > db 10.0.1.5 22/tcp word ssh',
		'wiki > db 10.0.1.5 5432/tcp word postgres',
	]);
	teach(memory, {lost: 'db'}, {address: '10.0.1.5'});
	t.deepEqual(aims(memory, 'reuse-password'), ['wiki > db 10.0.1.5 22/tcp word ssh']);
	t.is(plan(memory, 'exploit-service').length, 3);
	teach(memory, {shell: {...nobody, hostname: 'db', addresses: ['10.0.1.5']}});
	for (const technique of ['exploit-service', 'reuse-ssh-key', 'reuse-password', 'discover-services'] as const) {
		t.deepEqual(aims(memory, technique), [], technique);
	}
});

test('a plan is sorted and pure: it does not depend on the order in which things were learned', t => {
	const hosts = ['10.0.9.1', '10.0.9.2', '10.0.9.3'];
	const plans = [hosts, [...hosts].reverse()].map(order => {
		const memory = inside({});
		for (const host of order) teach(memory, {hosts: [host], open: [{address: host, port: '80/tcp'}]});
		t.deepEqual(plan(memory, 'exploit-service'), plan(memory, 'exploit-service'));
		return [aims(memory, 'exploit-service'), aims(memory, 'discover-services')];
	});
	t.deepEqual(plans[0], plans[1]);
	t.is(plans[0]![0]!.length, 3);
});

test('a spray leaves out what was refused, what another technique tried from there, and what was silent to it', t => {
	const memory = inside({peers: [peer], secrets: [word]});
	t.deepEqual(aims(memory, 'spray-passwords'), ['wiki > db 10.0.1.5 15432/tcp postgres']);
	const [login] = plan(memory, 'reuse-password');
	teach(memory, {result: 'denied'}, login!);
	const users = ['admin', 'root', 'operator', 'postgres', 'guest', 'service'];
	teach(memory, {settled: users.map(user => `refused postgres 10.0.1.5 15432/tcp default ${user}`)});
	t.deepEqual(aims(memory, 'spray-passwords'), []);
	teach(memory, {shell: {...nobody, hostname: 'api', addresses: ['10.0.5.1'], peers: [peer]}});
	t.deepEqual(aims(memory, 'spray-passwords'), ['api > db 10.0.1.5 15432/tcp postgres']);
	teach(memory, {settled: ['spray ended api 10.0.1.5 15432/tcp'], secrets: [{...word, id: 'new'}]});
	t.deepEqual(aims(memory, 'spray-passwords'), ['wiki > db 10.0.1.5 15432/tcp postgres']);
	teach(memory, {settled: ['no logins postgres 10.0.1.5 15432/tcp']});
	t.deepEqual(aims(memory, 'spray-passwords'), []);
});

test('orders go from the deploy server alone, to those on its list that have no shell yet', t => {
	const hosts = [
		{name: 'far', address: '10.0.9.9', port: 22},
		{name: 'far', address: 'fd00::9', port: 22},
		{name: 'near', address: '10.0.0.2', port: 2222},
	];
	const memory = inside({hosts: [{name: 'deploy', address: '10.0.0.3'}]});
	teach(memory, {
		shell: {...nobody, hostname: 'deploy', addresses: ['10.0.0.3'], secrets: [key], orders: {secret: 'key', hosts}},
	});
	t.deepEqual(aims(memory, 'abuse-deploy-server'), [
		'deploy > near 10.0.0.2 2222/tcp key ssh',
		'deploy > far 10.0.9.9 22/tcp key ssh',
	]);
	teach(memory, {shell: {...nobody, hostname: 'near', addresses: ['10.0.0.2']}});
	t.deepEqual(aims(memory, 'abuse-deploy-server'), ['deploy > far 10.0.9.9 22/tcp key ssh']);
});

test('a tool goes back in by the way that was taken, once, and to no host that was entered by none', t => {
	const memory = inside({});
	const target = {address: '10.0.5.1', protocol: 'tcp', port: 22} as const;
	const way = {kind: 'login', speaks: 'ssh', secret: key} as const;
	teach(memory, {shell: {...nobody, hostname: 'api', addresses: ['10.0.5.1']}, way}, target);
	t.deepEqual(
		plan(memory, 'transfer-tool').map(({from, to, way: back, ...rest}) => [from, to, back, rest.address, rest.port]),
		[['wiki', 'api', way, '10.0.5.1', 22]],
	);
	teach(memory, {}, plan(memory, 'transfer-tool')[0]!);
	t.deepEqual(plan(memory, 'transfer-tool'), []);
});

test('each pivot is encrypted once, and nobody else', t => {
	const memory = inside({hosts: [{name: 'far', address: '10.0.9.9'}]});
	teach(memory, {shell: {...nobody, hostname: 'api', addresses: ['10.0.5.1']}});
	t.deepEqual(aims(memory, 'encrypt'), ['api > api', 'wiki > wiki']);
	teach(memory, {}, plan(memory, 'encrypt')[0]!);
	t.deepEqual(aims(memory, 'encrypt'), ['wiki > wiki']);
});
