// LANGUAGE "Selectors", "Relations" and "Ports".
import {allow, deny, policies} from '../builders/policy.ts';
import type {SelectorSpec} from '../builders/selector.ts';
import {addressOf, topology} from '../builders/topology.ts';
import {type Line, verdicts} from './verdict-table.ts';

const lab = topology({
	'web-1.prod': {labels: {tier: 'web'}, segments: ['app.prod']},
	'web-2.prod': {labels: {tier: 'web'}, segments: ['app.prod']},
	'web-1.dev': {labels: {tier: 'web', old: ''}, segments: ['app.dev']},
	'db.prod': {
		labels: {tier: 'db'},
		segments: ['data.prod', 'app.prod'],
		services: ['postgres:5432', 'names:53/udp', 'many:7000-7002'],
	},
	'db.dev': {labels: {tier: 'db'}, segments: ['data.dev'], services: ['postgres:6432']},
	probe: {namespace: 'ops', namespaceLabels: {team: 'red'}},
	world: {outside: true, labels: {tier: 'web'}},
});

/** Who may reach probe when `from` is so: the sources it selects, of all there are. */
const selectsFrom = (title: string, from: SelectorSpec, expected: readonly string[]) => {
	const sources = ['web-1.prod', 'web-2.prod', 'web-1.dev', 'db.prod', 'db.dev', 'world', '@192.0.2.1'];
	verdicts(
		title,
		{topology: lab, stack: policies({directions: ['ingress'], rules: [allow('r', {from, to: {workload: 'probe'}})]})},
		sources.map((source): Line => [source, 'probe:1', expected.includes(source) ? 'allow p0.r1' : 'deny p0.default']),
	);
};
const webs = ['web-1.prod', 'web-2.prod', 'web-1.dev'];
const dbs = ['db.prod', 'db.dev'];

selectsFrom('{} is every workload, and never an outside host or an address of nobody', {}, [...webs, ...dbs]);
selectsFrom('a value', {tier: 'web'}, webs);
selectsFrom('a list of values', {env: ['dev', 'test']}, ['web-1.dev', 'db.dev']);
selectsFrom('not matches a workload without the label too', {old: {not: 'yes'}}, [...webs, ...dbs]);
selectsFrom('a star wants the label, whatever its value', {old: '*'}, ['web-1.dev']);
selectsFrom('not star wants that it lacks the label', {old: {not: '*'}}, ['web-1.prod', 'web-2.prod', ...dbs]);
selectsFrom('all keys of a map must hold', {tier: 'db', env: 'prod'}, ['db.prod']);
selectsFrom('a list holds when any does', [{tier: 'db', env: 'prod'}, {old: '*'}], ['db.prod', 'web-1.dev']);
selectsFrom('no term matches nothing', [], []);
selectsFrom('workload: a name', {workload: 'web-1.prod'}, ['web-1.prod']);
selectsFrom('workload: a kind', {workload: 'web.prod'}, ['web-1.prod', 'web-2.prod']);
selectsFrom('workload: a base', {workload: 'web'}, webs);
selectsFrom('network: all its segments', {network: 'app'}, [...webs, 'db.prod']);
selectsFrom('network: one segment', {network: 'data.dev'}, ['db.dev']);
selectsFrom('network: not', {network: {not: 'app.prod'}}, ['web-1.dev', 'db.dev']);
selectsFrom('outside is outside hosts only', {outside: true}, ['world']);
selectsFrom('a label key such as constructor is no label of everybody', {constructor: '*'}, []);
selectsFrom('cidr is any address, of workloads too', {cidr: `${addressOf('db.dev', 4)}/32`}, ['db.dev']);
selectsFrom('cidr without except', {cidr: '0.0.0.0/0', except: ['198.18.0.0/15']}, ['@192.0.2.1']);
selectsFrom('cidr of the other family matches nothing', {cidr: '::/0'}, []);
selectsFrom('cidr and a label', {cidr: '0.0.0.0/0', tier: 'db'}, dbs);
selectsFrom('anything', {any: true}, [...webs, ...dbs, 'world', '@192.0.2.1']);

verdicts(
	'a namespace and its labels select',
	{
		topology: lab,
		stack: policies({
			default: 'allow',
			directions: ['ingress'],
			guardrails: [
				deny('a', {from: {namespace: 'ops'}, on: ['1/tcp']}),
				deny('b', {from: {'namespace.team': 'red'}, on: ['2/tcp']}),
			],
		}),
	},
	[
		['probe', 'db.dev:1', 'deny p0.g1'],
		['probe', 'db.dev:2', 'deny p0.g2'],
		['probe', 'db.dev:3', 'allow p0.default'],
		['db.prod', 'db.dev:1', 'allow p0.default'],
	],
);

verdicts(
	'same wants every key at both ends with equal values; an end without it is not the same',
	{
		topology: lab,
		stack: policies({directions: ['ingress'], rules: [allow('r', {to: {}, from: {any: true}, same: ['env', 'tier']})]}),
	},
	[
		['web-1.prod', 'web-2.prod:1', 'allow p0.r1'],
		['web-1.prod', 'web-1.dev:1', 'deny p0.default'],
		['web-1.prod', 'db.prod:1', 'deny p0.default'],
		['web-1.prod', 'probe:1', 'deny p0.default'],
		['@192.0.2.1', 'probe:1', 'deny p0.default'],
	],
);

verdicts(
	'differ wants some key at both ends with unequal values; an end without it is not different',
	{topology: lab, stack: policies({default: 'allow', guardrails: [deny('g', {differ: ['env', 'tier']})]})},
	[
		['web-1.prod', 'web-1.dev:1', 'deny p0.g1'],
		['web-1.prod', 'db.prod:1', 'deny p0.g1'],
		['web-1.prod', 'web-2.prod:1', 'allow p0.default'],
		['web-1.prod', 'probe:1', 'allow p0.default'],
	],
);

verdicts(
	'same network: they share a segment; same workload: replicas of one in one environment',
	{
		topology: lab,
		stack: policies({
			directions: ['ingress'],
			rules: [
				allow('n', {same: ['network'], on: ['1/tcp']}),
				allow('w', {same: ['workload'], on: ['2/tcp']}),
				allow('d', {differ: ['network'], on: ['3/tcp']}),
			],
		}),
	},
	[
		['web-1.prod', 'db.prod:1', 'allow p0.r1'],
		['web-1.dev', 'db.prod:1', 'deny p0.default'],
		['web-1.prod', 'web-2.prod:2', 'allow p0.r2'],
		['web-1.prod', 'web-1.dev:2', 'deny p0.default'],
		['web-1.prod', 'db.prod:3', 'deny p0.default'],
		['web-1.dev', 'db.prod:3', 'allow p0.r3'],
		['web-1.dev', 'probe:3', 'deny p0.default'],
	],
);

const onPorts = (
	title: string,
	on: readonly string[] | undefined,
	allowed: readonly string[],
	denied: readonly string[],
) =>
	verdicts(
		title,
		{topology: lab, stack: policies({rules: [allow('r', {to: {any: true}, ...(on === undefined ? {} : {on})})]})},
		[
			...allowed.map((to): Line => ['web-1.prod', to, 'allow p0.r1']),
			...denied.map((to): Line => ['web-1.prod', to, 'deny p0.default']),
		],
	);

onPorts('left out is everything', undefined, ['db.prod:1', 'db.prod:1/udp', 'db.prod:icmp'], []);
onPorts('a port of a protocol', ['5432/tcp'], ['db.prod:5432'], ['db.prod:5432/udp', 'db.prod:5433', 'db.prod:icmp']);
onPorts(
	'a range, both its ends',
	['10-12/udp'],
	['db.prod:10/udp', 'db.prod:12/udp'],
	['db.prod:9/udp', 'db.prod:13/udp', 'db.prod:11'],
);
onPorts('a whole protocol', ['udp'], ['db.prod:1/udp', 'db.prod:65535/udp'], ['db.prod:1', 'db.prod:icmp']);
onPorts('icmp is echo', ['icmp'], ['db.prod:icmp'], ['db.prod:1', 'db.prod:1/udp']);
onPorts(
	"a service is the destination's own port of that name",
	['postgres'],
	['db.prod:5432', 'db.dev:6432'],
	['db.prod:6432', 'db.dev:5432', 'db.prod:5432/udp', 'probe:5432', '@192.0.2.1:5432'],
);
onPorts('a service that is a range', ['many'], ['db.prod:7000', 'db.prod:7002'], ['db.prod:7003']);
onPorts('a service of a protocol', ['names/tcp'], [], ['db.prod:53', 'db.prod:53/udp']);
