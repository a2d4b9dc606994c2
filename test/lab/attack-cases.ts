// Attackers by real packets: for each technique that goes through, round or out, a policy that lets it and one that
// should contain it.
import type {Placement, Stack} from '../../core/model/policy.ts';
import type {TechniqueName} from '../../core/model/scenario.ts';
import type {Topology} from '../../core/model/topology.ts';
import {attackTopology} from '../builders/attack-world.ts';
import {allow, policies} from '../builders/policy.ts';

export interface AttackCase {
	readonly title: string;
	readonly world: keyof typeof worlds;
	readonly stack: Stack;
	/** Left out: at each workload's host. */
	readonly placement?: Placement;
	readonly techniques: readonly TechniqueName[];
	/** `wiki > db: success, …` of every action by the technique that is tested, in order. */
	readonly tried: readonly string[];
	/** What falls, with the foothold. */
	readonly lost: readonly string[];
}

export const worlds = {
	chain: attackTopology(
		{
			wiki: {holds: ['key'], needs: ['api:22'], knows: ['db']},
			api: {services: ['ssh:22', 'http:80'], needs: ['db:8080']},
			db: {services: ['weak http:8080']},
		},
		{key: 'ssh-key api:ssh'},
	),
	holes: attackTopology(
		{
			wiki: {holds: ['word'], needs: ['api:8080'], knows: ['db']},
			api: {services: ['weak http:8080', 'ssh:22'], needs: ['db:5432']},
			db: {services: ['postgres:5432']},
		},
		{word: 'password db:postgres api:ssh'},
	),
	homes: attackTopology(
		{
			wiki: {holds: ['key'], needs: ['both:22']},
			both: {also: 'other', services: ['ssh:22'], needs: ['far:8080']},
			far: {segment: 'other', services: ['weak http:8080']},
		},
		{key: 'ssh-key both:ssh'},
	),
	out: attackTopology({
		wiki: {needs: ['names:53/udp']},
		names: {services: ['dns:53/udp']},
		internet: {segment: 'wan', outside: true, services: ['http:80', 'dns:53/udp']},
	}),
} as const satisfies Readonly<Record<string, Topology>>;

const flow = (from: string, to: string, ...on: readonly string[]) =>
	allow(`${from} to ${to}`, {from: {workload: from}, to: {workload: to}, on});
const outward = (...on: readonly string[]) => allow('out', {to: {outside: true}, on});

const viaKey: readonly TechniqueName[] = ['discover-services', 'reuse-ssh-key'];

export const attackCases: readonly AttackCase[] = [
	{
		title: 'proxy-through: what the wiki may not reach falls through the api, which may',
		world: 'chain',
		stack: policies({rules: [flow('wiki', 'api', '22/tcp'), flow('api', 'db', '8080/tcp')]}),
		techniques: [...viaKey, 'proxy-through'],
		tried: ['wiki > db: success, shell on db, through api, 2 probes'],
		lost: ['wiki', 'api', 'db by proxy-through from wiki via api at 8080'],
	},
	{
		title: 'proxy-through: a policy that denies the second hop contains it',
		world: 'chain',
		stack: policies({rules: [flow('wiki', 'api', '22/tcp')]}),
		techniques: [...viaKey, 'proxy-through'],
		tried: ['wiki > db: denied, no answer, through api, 2 probes'],
		lost: ['wiki', 'api'],
	},
	{
		title: 'proxy-through: through the shell of a weak service, a login is spoken',
		world: 'holes',
		stack: policies({rules: [flow('wiki', 'api', '8080/tcp'), flow('api', 'db', '5432/tcp')]}),
		techniques: ['exploit-service', 'proxy-through'],
		tried: ['wiki > db: success, logged in to db, through api, 2 probes'],
		lost: ['wiki', 'api', 'db by proxy-through from wiki via api at 5432'],
	},
	{
		title: 'tunnel: ssh that is denied is spoken inside the port of the hole',
		world: 'holes',
		stack: policies({rules: [flow('wiki', 'api', '8080/tcp')]}),
		techniques: ['exploit-service', 'tunnel'],
		tried: ['wiki > api: success, spoke to 22/tcp inside 8080/tcp, logged in as ops, 2 probes'],
		lost: ['wiki', 'api'],
	},
	{
		title: 'tunnel: with no policy there is nothing to tunnel for',
		world: 'holes',
		stack: policies(),
		techniques: ['exploit-service', 'tunnel'],
		tried: ['wiki > api: nothing, 22/tcp is open without it, 1 probes'],
		lost: ['wiki', 'api'],
	},
	{
		title: 'tunnel: a policy that denies the port with the hole leaves none to tunnel in',
		world: 'holes',
		stack: policies({rules: [flow('wiki', 'api', '22/tcp')]}),
		techniques: ['exploit-service', 'tunnel'],
		tried: [],
		lost: ['wiki'],
	},
	{
		title: 'cross-networks: between segments nothing is allowed, and a workload in both carries it',
		world: 'homes',
		stack: policies({rules: [allow('each segment talks within itself', {same: ['network']})]}),
		techniques: [...viaKey, 'cross-networks'],
		tried: ['wiki > far: success, shell on far, through both, 2 probes'],
		lost: ['wiki', 'both', 'far by cross-networks from wiki via both at 8080'],
	},
	{
		title: 'cross-networks: a gateway that lets nothing pass sees neither connection',
		world: 'homes',
		stack: policies({}),
		placement: 'gateway',
		techniques: [...viaKey, 'cross-networks'],
		tried: ['wiki > far: success, shell on far, through both, 2 probes'],
		lost: ['wiki', 'both', 'far by cross-networks from wiki via both at 8080'],
	},
	{
		title: 'cross-networks: a policy by workload contains it',
		world: 'homes',
		stack: policies({rules: [flow('wiki', 'both', '22/tcp')]}),
		techniques: [...viaKey, 'cross-networks'],
		tried: ['wiki > far: denied, no answer, through both, 2 probes'],
		lost: ['wiki', 'both'],
	},
	{
		title: 'dns-channel: the resolver that the policy allows carries names',
		world: 'out',
		stack: policies({rules: [allow('everybody asks for names', {to: {workload: 'names'}, on: ['53/udp']})]}),
		techniques: ['dns-channel'],
		tried: ['wiki > names: success, 512 bytes carried, hash confirmed, 1 probes'],
		lost: ['wiki'],
	},
	{
		title: 'dns-channel: a policy without names has no channel',
		world: 'out',
		stack: policies({}),
		techniques: ['dns-channel'],
		tried: ['wiki > names: denied, no answer, 1 probes'],
		lost: ['wiki'],
	},
	{
		title: 'exfiltrate: the first port outward takes it, whether anything listened there or not',
		world: 'out',
		stack: policies({rules: [outward('22/tcp')]}),
		techniques: ['exfiltrate'],
		tried: ['wiki > internet: success, 4096 bytes got out by 22/tcp, 4 probes'],
		lost: ['wiki'],
	},
	{
		title: 'exfiltrate: datagrams go out too, where a service of that host has the port',
		world: 'out',
		stack: policies({rules: [outward('53/udp')]}),
		techniques: ['exfiltrate'],
		tried: ['wiki > internet: success, 4096 bytes got out by 53/udp, 2 probes'],
		lost: ['wiki'],
	},
	{
		title: 'exfiltrate: with no policy the first candidate serves',
		world: 'out',
		stack: policies(),
		techniques: ['exfiltrate'],
		tried: ['wiki > internet: success, 4096 bytes got out by 443/tcp, 1 probes'],
		lost: ['wiki'],
	},
	{
		title: 'exfiltrate: a policy that lets nothing out contains it',
		world: 'out',
		stack: policies({rules: [allow('everybody asks for names', {to: {workload: 'names'}, on: ['53/udp']})]}),
		techniques: ['exfiltrate'],
		tried: ['wiki > internet: denied, nothing got out, 4 probes'],
		lost: ['wiki'],
	},
];
