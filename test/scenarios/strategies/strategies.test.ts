import test from 'ava';
import type {HostView} from '../../../core/contracts/network.ts';
import type {PlannedAction} from '../../../core/contracts/technique.ts';
import type {TechniqueName} from '../../../core/model/scenario.ts';
import {createMemory} from '../../../scenarios/adversary-memory.ts';
import {insider} from '../../../scenarios/strategies/insider.ts';
import {orderActions} from '../../../scenarios/strategies/order-actions.ts';
import {stealth} from '../../../scenarios/strategies/stealth.ts';
import {targeted} from '../../../scenarios/strategies/targeted.ts';
import {worm} from '../../../scenarios/strategies/worm.ts';
import {learned} from '../../../scenarios/techniques/learned.ts';

const view = (hostname: string, address: string, hosts: HostView['hosts'] = []): HostView => ({
	hostname,
	addresses: [address],
	subnets: [],
	hosts,
	peers: [],
	secrets: [],
});
/** wiki, then api has fallen; db and web are known by name, web at two addresses. */
const knowledgeWith = (...goals: readonly string[]) => {
	const named = [
		{name: 'db', address: '10.0.0.8'},
		{name: 'web', address: '10.0.0.9'},
		{name: 'web', address: '10.0.1.9'},
	];
	const memory = createMemory(view('wiki', '10.0.0.1', named), goals);
	const action = plan('exploit-service wiki api 10.0.0.2');
	memory.learn(action, learned({shell: view('api', '10.0.0.2')}));
	return memory.knowledge;
};

/** `exploit-service wiki web 10.0.0.9 80`. */
function plan(text: string): PlannedAction {
	const [technique, from = '', to = '', address = null, port = null] = text.split(' ');
	return {
		key: text,
		technique: technique as TechniqueName,
		from,
		to,
		address,
		protocol: 'tcp',
		port: port === null ? null : Number(port),
		secret: null,
		speaks: null,
	};
}
const planOf =
	(texts: readonly string[]) =>
	(technique: TechniqueName): readonly PlannedAction[] =>
		texts.map(plan).filter(action => action.technique === technique);

const possible = [
	'discover-hosts wiki 10.0.0.0/24',
	'discover-hosts api 10.0.0.0/24',
	'discover-services wiki db 10.0.0.8',
	'discover-services api web 10.0.0.9',
	'exploit-service wiki web 10.0.0.9 80',
	'exploit-service wiki web 10.0.1.9 80',
	'exploit-service api web 10.0.0.9 80',
	'exploit-service api db 10.0.0.8 5432',
	'reuse-password wiki db 10.0.0.8 5432',
	'encrypt wiki wiki',
];
const chosen = (strategy: typeof worm, texts: readonly string[], ...goals: readonly string[]): readonly string[] =>
	strategy.choose(planOf(texts), knowledgeWith(...goals), 1).map(({key}) => key);
const without = (...words: readonly string[]): readonly string[] =>
	possible.filter(text => !words.some(word => text.startsWith(word)));

test('a worm does all it can in a round, by stage and pivot, with one attempt to compromise a host', t => {
	t.deepEqual(chosen(worm, possible), [
		'discover-hosts wiki 10.0.0.0/24',
		'discover-hosts api 10.0.0.0/24',
		'discover-services wiki db 10.0.0.8',
		'discover-services api web 10.0.0.9',
		'exploit-service wiki web 10.0.0.9 80',
		'exploit-service api db 10.0.0.8 5432',
	]);
});

test('a worm encrypts when nothing else is left', t => {
	t.deepEqual(chosen(worm, ['encrypt wiki wiki']), ['encrypt wiki wiki']);
	t.deepEqual(chosen(worm, []), []);
});

const rounds: readonly (readonly [string, readonly string[], readonly string[], readonly string[]])[] = [
	['a way into the goal host', possible, ['db'], ['exploit-service api db 10.0.0.8 5432']],
	[
		'a look at the goal host',
		without('exploit-service api db', 'reuse-password'),
		['db'],
		['discover-services wiki db 10.0.0.8'],
	],
	['a secret', possible, ['vault'], ['reuse-password wiki db 10.0.0.8 5432']],
	['one exploit, from the newest pivot', without('reuse'), [], ['exploit-service api ']],
	[
		'a look for services from the newest pivot',
		without('reuse', 'exploit'),
		[],
		['discover-services api web 10.0.0.9'],
	],
	[
		'a sweep by the newest pivot',
		without('reuse', 'exploit', 'discover-services'),
		[],
		['discover-hosts api 10.0.0.0/24'],
	],
	['encrypting', ['encrypt wiki wiki'], ['db'], ['encrypt wiki wiki']],
];
for (const [what, texts, goals, expected] of rounds) {
	test(`a targeted attacker's best is ${what} where there is nothing better`, t => {
		const round = chosen(targeted, texts, ...goals);
		t.is(round.length, expected.length);
		for (const [at, text] of round.entries()) t.true(text.startsWith(expected[at]!), text);
	});
}

test('an insider logs in as long as it can, and then does as a worm', t => {
	const logins = [...possible, 'reuse-ssh-key api web 10.0.0.9 22', 'abuse-deploy-server api web 10.0.0.9 22'];
	t.deepEqual(chosen(insider, logins), [
		'abuse-deploy-server api web 10.0.0.9 22',
		'reuse-password wiki db 10.0.0.8 5432',
	]);
	t.deepEqual(chosen(insider, without('reuse-password')), chosen(worm, without('reuse-password')));
});

const quiet: readonly (readonly [string, readonly string[]])[] = [
	['reads what lies beside a pivot', [...possible, 'read-metadata api 169.254.169.254']],
	['logs in with what is valid', possible],
	['exploits', without('reuse')],
	['looks for services', without('reuse', 'exploit')],
	[
		'asks for the names of a hosts file',
		[...without('reuse', 'exploit', 'discover-services'), 'discover-hosts wiki hosts'],
	],
	['sprays', [...without('reuse', 'exploit', 'discover-services'), 'spray-passwords wiki db 10.0.0.8 22']],
];
const quietest = ['read-metadata', 'reuse-password', 'exploit-service', 'discover-services', 'discover-hosts', 'spray'];
for (const [at, [what, texts]] of quiet.entries())
	test(`a stealthy attacker ${what} where there is nothing quieter, one action a round`, t => {
		const round = chosen(stealth, texts);
		t.is(round.length, 1);
		t.true(round[0]!.startsWith(quietest[at]!), round[0]);
	});

test('a stealthy attacker never sweeps a subnet, and first goes where a configuration goes', t => {
	t.deepEqual(chosen(stealth, ['discover-hosts wiki 10.0.0.0/24', 'discover-hosts api 10.0.0.0/24']), []);
	const peers = [{name: 'db', address: '10.0.0.8', protocol: 'tcp', port: 5432, speaks: null}] as const;
	const {knowledge} = createMemory({...view('wiki', '10.0.0.1'), peers}, []);
	const exploits = ['exploit-service wiki web 10.0.0.9 80', 'exploit-service wiki db 10.0.0.8 5432'];
	for (const seed of [1, 2, 3, 4])
		t.deepEqual(
			stealth.choose(planOf(exploits), knowledge, seed).map(({key}) => key),
			[exploits[1]],
		);
});

test('the seed orders equal targets only, and a target keeps its place beside others when one is added', t => {
	const hosts = Array.from({length: 8}, (_, at) => `discover-services wiki h${at} 10.0.0.${at}`);
	const order = (texts: readonly string[], seed: number): readonly string[] =>
		orderActions(texts.map(plan), seed, () => [0]).map(({key}) => key);
	t.deepEqual(order(hosts, 1), order([...hosts].reverse(), 1));
	t.true(new Set([1, 2, 3, 4].map(seed => order(hosts, seed).join())).size > 1);
	t.deepEqual(
		order(hosts.slice(0, 7), 1),
		order(hosts, 1).filter(text => text !== hosts[7]),
	);
	const standing = orderActions(hosts.map(plan), 5, ({address}) => [-Number(address?.split('.')[3])]);
	t.deepEqual(
		standing.map(({key}) => key),
		[...hosts].reverse(),
	);
});
