// What the golden files show: one feature each, on a topology small enough to read.
import type {Stack} from '../../core/model/policy.ts';
import type {Topology} from '../../core/model/topology.ts';
import {allow, deny, pass, policies} from '../builders/policy.ts';
import {topology} from '../builders/topology.ts';

export interface GoldenCase {
	readonly topology: Topology;
	readonly stack: Stack;
	/** The workload whose ruleset it is, or where in the fabric. */
	readonly site: string | {readonly in: 'fabric' | 'gateway'};
}

const shop = topology({
	'web-1.prod': {labels: {tier: 'web'}, services: ['https:443'], addresses: ['198.18.0.2', 'fd00:f1eb::2']},
	'web-2.prod': {labels: {tier: 'web'}, services: ['https:443'], addresses: ['198.18.0.3', 'fd00:f1eb::3']},
	'api.prod': {labels: {tier: 'api'}, services: ['http:8080'], addresses: ['198.18.0.4', 'fd00:f1eb::4']},
	'api.dev': {labels: {tier: 'api'}, services: ['http:8081'], addresses: ['198.18.16.4', 'fd00:f1eb:0:1::4']},
	'db.prod': {
		labels: {tier: 'db'},
		services: ['postgres:5432', 'names:53/udp'],
		addresses: ['198.18.0.5', 'fd00:f1eb::5'],
	},
	monitor: {labels: {app: 'monitor'}, services: ['metrics:9100'], addresses: ['198.18.32.6', 'fd00:f1eb:0:2::6']},
	internet: {outside: true, addresses: ['203.0.113.9', '2001:db8::9']},
});

const leastPrivilege = [
	allow('web calls api', {from: {tier: 'web'}, to: {tier: 'api'}, same: ['env'], on: ['http']}),
	allow('api reads its database', {from: {tier: 'api'}, to: {tier: 'db'}, same: ['env'], on: ['postgres', 'names']}),
	allow('everyone may ask whether everyone is there', {on: ['icmp']}),
];
const apart = deny('environments do not mix', {differ: ['env'], unless: [{from: {app: 'monitor'}, on: ['9100/tcp']}]});

/** Every address in a segment of its /20 or /64. */
const withSegments = (world: Topology): Topology => ({
	...world,
	segments: ['a.one', 'a.two', 'a.three'].map(name => ({name, network: 'a', environment: null, prefixes: []})),
	workloads: world.workloads.map(workload => ({
		...workload,
		addresses: workload.addresses.map(one => ({
			...one,
			segment: /^(198\.18\.0\.|fd00:f1eb::)/.test(one.address)
				? 'a.one'
				: one.address.startsWith('198.18.16.') || one.address.startsWith('fd00:f1eb:0:1:')
					? 'a.two'
					: null,
		})),
	})),
});

/** A name for each file. */
export const goldenCases: Readonly<Record<string, GoldenCase>> = {
	'least-privilege': {topology: shop, stack: policies({rules: leastPrivilege}), site: 'api.prod'},
	'guardrails-unless-and-pass': {
		topology: shop,
		stack: policies({
			guardrails: [pass('db is left to its rules', {to: {tier: 'db'}}), apart],
			rules: leastPrivilege,
			baseline: [deny('nothing to the monitor', {to: {app: 'monitor'}})],
			default: 'allow',
		}),
		site: 'api.prod',
	},
	'reject-and-cut': {
		topology: shop,
		stack: policies({rules: leastPrivilege, denied: 'reject', established: 'cut'}),
		site: 'db.prod',
	},
	'observe-beside-enforce': {
		topology: shop,
		stack: policies(
			{default: 'allow', guardrails: [deny('no way to the world', {to: {outside: true}})]},
			{mode: 'observe', rules: leastPrivilege},
		),
		site: 'web-1.prod',
	},
	'cidr-and-except': {
		topology: shop,
		stack: policies({
			rules: [
				allow('partners', {
					to: {cidr: ['203.0.113.0/24', '2001:db8::/32'], except: '203.0.113.64/26'},
					on: ['443/tcp'],
				}),
				allow('from anywhere but prod', {from: {cidr: '198.18.0.0/15', env: {not: 'prod'}}, to: {tier: 'web'}}),
			],
		}),
		site: 'web-2.prod',
	},
	'kubernetes-isolation': {
		topology: shop,
		stack: policies({
			dialect: 'kubernetes',
			default: 'allow',
			isolates: true,
			directions: ['ingress'],
			applies: {tier: 'db'},
			rules: [allow('from api', {from: {tier: 'api'}, to: {tier: 'db'}, on: ['5432/tcp'], direction: 'ingress'})],
		}),
		site: 'db.prod',
	},
	'two-homes': {
		topology: topology({
			gate: {addresses: ['198.18.0.2', '198.18.16.2', 'fd00:f1eb::2'], services: ['ssh:22']},
			inner: {addresses: ['198.18.0.3', 'fd00:f1eb::3']},
		}),
		stack: policies({
			applies: {cidr: ['198.18.0.0/20', 'fd00:f1eb::/64']},
			rules: [allow('in by the front', {to: {cidr: '198.18.0.0/20'}, on: ['ssh']})],
		}),
		site: 'gate',
	},
	'many-peers': {
		topology: topology(
			Object.fromEntries(
				Array.from({length: 24}, (_, at) => [
					`w-${at + 1}`,
					{labels: {odd: String(at % 2)}, addresses: [`198.18.0.${at + 2}`, `fd00:f1eb::${(at + 2).toString(16)}`]},
				]),
			),
		),
		stack: policies({rules: [allow('odd ones', {from: {odd: '1'}}), allow('all', {on: ['80/tcp', '8000-8100/tcp']})]}),
		site: 'w-1',
	},
	none: {topology: shop, stack: [], site: 'internet'},
	'fabric-guardrails-and-observing': {
		topology: shop,
		stack: policies({guardrails: [apart], default: 'allow'}, {mode: 'observe', rules: leastPrivilege}),
		site: {in: 'fabric'},
	},
	'fabric-reject-and-cut-beside-keep': {
		topology: shop,
		stack: policies(
			{rules: leastPrivilege, denied: 'reject', established: 'cut', applies: {tier: 'db'}},
			{rules: leastPrivilege, applies: {tier: 'web'}},
		),
		site: {in: 'fabric'},
	},
	'gateway-least-privilege': {
		topology: withSegments(shop),
		stack: policies({rules: leastPrivilege}),
		site: {in: 'gateway'},
	},
};
