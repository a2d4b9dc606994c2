import test from 'ava';
import {createEvidenceLog} from '../../core/attack/evidence-log.ts';
import {sourceAddress} from '../../core/attack/source-address.ts';
import type {Evidence} from '../../core/contracts/evidence.ts';
import type {Attempt, Exchange} from '../../core/contracts/network.ts';
import {createEvaluator} from '../../core/policy/evaluate.ts';
import {attackTopology, evaluatorOf, networkOf, type Passes, viewOf} from '../builders/attack-world.ts';
import {allow, deny, policies} from '../builders/policy.ts';

const world = attackTopology(
	{
		wiki: {holds: ['key', 'word', 'plain']},
		api: {services: ['weak http:8080', 'ssh:22', 'postgres:5432', 'dns:53/udp'], holds: ['word']},
		old: {services: ['http:80'], families: [4]},
	},
	{key: 'ssh-key api:ssh', word: 'password api:postgres', plain: 'password api:http'},
);
const [wiki] = world.workloads.filter(({name}) => name === 'wiki');
const [key, plain, word] = ['key', 'plain', 'word'].map(
	id => viewOf(world, 'wiki').secrets.find(one => one.id === id)!,
);

/** `10.0.0.2:8080/tcp` or `10.0.0.2 icmp`, from wiki. */
function attempt(to: string): Attempt {
	const [, address = '', port, protocol = 'icmp'] = /^(\S+?)(?:[: ](?:(\d+)\/)?(\w+))?$/.exec(to) ?? [];
	return {action: 1, from: 'wiki', to: address, protocol: protocol as 'tcp', port: Number(port ?? 0)};
}

const api = '10.0.0.2';
const dropping = policies({
	default: 'allow',
	baseline: [deny('no 22 and no echo', {on: ['22/tcp', '53/udp', 'icmp']})],
});
const rejecting = policies({default: 'deny', denied: 'reject'});

const answers = [
	['an allowed service is open', [], `${api}:8080/tcp`, 'open'],
	['an allowed udp service is open', [], `${api}:53/udp`, 'open'],
	['a tcp service is not one of udp', [], `${api}:8080/udp`, 'closed'],
	['a port without a service is closed', [], `${api}:81/tcp`, 'closed'],
	['an allowed echo comes back', [], `${api} icmp`, 'open'],
	['an address that nobody owns is no host', [], '10.0.0.60 icmp', 'no-host'],
	['what is dropped is silent', dropping, `${api}:22/tcp`, 'silent'],
	['an echo that is dropped is silent', dropping, `${api} icmp`, 'silent'],
	['what is rejected by a reset looks closed', rejecting, `${api}:8080/tcp`, 'closed'],
	['udp that is rejected is silent', rejecting, `${api}:53/udp`, 'silent'],
	['an address that nobody owns is silent where the sender may not send', rejecting, '10.0.0.60 icmp', 'silent'],
] as const;
for (const [title, stack, to, answer] of answers) {
	test(title, async t => {
		const network = networkOf(world, undefined, {stack, evaluator: createEvaluator(world, stack)});
		t.is(await network.reach(attempt(to)), answer);
		t.deepEqual(await network.sweep([attempt(to), attempt(to)]), [answer, answer]);
	});
}

test('a family that the sender has no address of is silence, since its own kernel sends nothing', async t => {
	const network = networkOf(world);
	t.is(await network.reach({...attempt('fd00:1::2:8080/tcp'), to: 'fd00:1::2', port: 8080, protocol: 'tcp'}), 'open');
	t.is(await network.reach({action: 1, from: 'old', to: 'fd00:1::2', protocol: 'tcp', port: 8080}), 'silent');
});

const exploit: Exchange = {kind: 'exploit'};
const replies: readonly (readonly [string, string, Exchange, string])[] = [
	['an exploit of a weak service gives a shell', `${api}:8080/tcp`, exploit, 'shell'],
	['an exploit of a service that is not weak is refused', `${api}:22/tcp`, exploit, 'refused'],
	['an exploit of nothing is unanswered', `${api}:81/tcp`, exploit, 'unanswered'],
	['a key gives a shell where it opens ssh', `${api}:22/tcp`, {kind: 'login', speaks: 'ssh', secret: key!}, 'shell'],
	['a password gives a session', `${api}:5432/tcp`, {kind: 'login', speaks: 'postgres', secret: word!}, 'session'],
	['a password elsewhere is refused', `${api}:8080/tcp`, {kind: 'login', speaks: 'http', secret: word!}, 'refused'],
	['the wrong protocol is refused', `${api}:5432/tcp`, {kind: 'login', speaks: 'ssh', secret: word!}, 'refused'],
	['another secret is refused', `${api}:22/tcp`, {kind: 'login', speaks: 'ssh', secret: plain!}, 'refused'],
];
for (const [title, to, exchange, kind] of replies) {
	test(title, async t => {
		t.is((await networkOf(world).talk(attempt(to), exchange)).kind, kind as 'shell');
	});
	test(`${title}, and nothing where a rule denies it`, async t => {
		const nothing = networkOf(world, () => false);
		t.deepEqual(await nothing.talk(attempt(to), exchange), {kind: 'unanswered', answer: 'silent'});
	});
}

test('a shell hands over the view from inside, a session only its name', async t => {
	const network = networkOf(world);
	t.deepEqual(await network.talk(attempt(`${api}:8080/tcp`), exploit), {kind: 'shell', host: viewOf(world, 'api')});
	const session = await network.talk(attempt(`${api}:5432/tcp`), {kind: 'login', speaks: 'postgres', secret: word!});
	t.deepEqual(session, {kind: 'session', hostname: 'api'});
});

test('a range answers on every one of its ports, and on none beside it', async t => {
	const ranged = {
		...world,
		workloads: world.workloads.map(one => ({
			...one,
			services: one.services.map(of => ({...of, lastPort: of.port + 3})),
		})),
	};
	const network = networkOf(ranged);
	const ports = [8079, 8080, 8082, 8083, 8084];
	t.deepEqual(await network.sweep(ports.map(port => attempt(`${api}:${port}/tcp`))), [
		'closed',
		'open',
		'open',
		'open',
		'closed',
	]);
});

test('each attempt leaves evidence under its action: logs from the verdict, and the outcome', async t => {
	const stack = policies({rules: [allow('web', {on: ['8080/tcp', '81/tcp']})], denied: 'drop'});
	const log = createEvidenceLog();
	const network = networkOf(world, undefined, {
		stack,
		evaluator: createEvaluator(world, stack),
		onEvidence: log.add,
	});
	await network.talk({...attempt(`${api}:22/tcp`), action: 7}, exploit);
	await network.sweep([8080, 81, 22].map(port => ({...attempt(`${api}:${port}/tcp`), action: 3})));
	const said = ({arrival, logs, outcome}: Evidence) =>
		[arrival, outcome.kind, ...logs.map(({direction, decision, rule}) => `${direction} ${decision} ${rule}`)].join(
			', ',
		);
	t.deepEqual(
		log.entries().map(({action, evidence}) => [action, ...evidence.map(said)]),
		[
			[
				3,
				'open, open, egress allow p0.r1, ingress allow p0.r1',
				'closed, closed, egress allow p0.r1, ingress allow p0.r1',
				'none, denied, egress deny p0.default',
			],
			[7, 'none, denied, egress deny p0.default'],
		],
	);
});

test('evidence tells an address that nobody owns from a denial', async t => {
	const seen: Evidence[] = [];
	const onlyOwned: Passes = (_, to) => to !== '10.0.0.61';
	const network = networkOf(world, undefined, {
		evaluator: evaluatorOf(onlyOwned),
		onEvidence: (_, evidence) => seen.push(evidence),
	});
	await network.sweep([attempt('10.0.0.60 icmp'), attempt('10.0.0.61 icmp')]);
	t.deepEqual(
		seen.map(({outcome}) => outcome.kind),
		['inconclusive', 'denied'],
	);
});

test('a workload sends from the address in the segment of the destination, else from its first of the family', t => {
	const segments = world.segments.concat({
		name: 'far',
		network: 'far',
		prefixes: [{family: 4, cidr: '10.0.9.0/26'}],
	});
	const far = {family: 4, address: '10.0.9.1', segment: 'far'} as const;
	const dual = {...wiki!, addresses: [...wiki!.addresses, far]};
	t.is(sourceAddress(dual, segments, '10.0.9.5')?.address, '10.0.9.1');
	t.is(sourceAddress(dual, segments, '10.0.0.5')?.address, '10.0.0.1');
	t.is(sourceAddress(dual, segments, '192.0.2.1')?.address, '10.0.0.1');
	t.is(sourceAddress(dual, segments, 'fd00:9::1')?.address, 'fd00:1::1');
	t.is(sourceAddress({...dual, addresses: [far]}, segments, 'fd00:9::1'), undefined);
});
