import test from 'ava';
import {problemsOf} from './topology-files.ts';

const two = ['environments: [prod, dev]', 'workloads:'];
const net = 'networks: { a: { cidr: 10.0.0.0/24 } }';

/** Lines after `topology: t`, and the problem that is told, or several. */
const cases: readonly (readonly [string, readonly string[], readonly string[]])[] = [
	[
		'a service in the range of another',
		['workloads: { w: { services: { a: { port: 80-90 }, b: { port: 85 } } } }'],
		['t:2:51: b and a have the same port 85/tcp (one port, one service)'],
	],
	[
		'overlapping networks',
		['networks: { a: { cidr: 10.0.0.0/24 }, b: { cidr: 10.0.0.128/25 } }', 'workloads: { w: { network: a } }'],
		['t:2:50: network b, 10.0.0.128/25, overlaps network a, 10.0.0.0/24 (give one of them another range)'],
	],
	[
		'a range with bits beyond its prefix',
		['networks: { a: { cidr: 10.0.0.7/24 } }', 'workloads: { w: {} }'],
		['t:2:24: 10.0.0.7/24 has bits beyond its prefix (did you mean 10.0.0.0/24?)'],
	],
	[
		'a network of loopback',
		['networks: { a: { cidr: 127.0.0.0/16 } }', 'workloads: { w: {} }'],
		['t:2:24: 127.0.0.0/16 cannot be a network: it has loopback addresses (such as 198.18.0.0/20 or 10.20.0.0/16)'],
	],
	[
		'a network in IPv6',
		['networks: { a: { cidr: "fd00::/64" } }', 'workloads: { w: {} }'],
		['t:2:24: fd00::/64 is IPv6 (write the IPv4 range: each segment gets its IPv6 prefix by itself)'],
	],
	[
		'a network too small for its hosts',
		['networks: { a: { cidr: 10.0.0.0/29 } }', 'workloads: { w: { replicas: 6 } }'],
		['t:2:24: a (10.0.0.0/29) has room for 5, and 6 workloads are in it (a needs a /28 or wider)'],
	],
	[
		'a network too small to be cut',
		['networks: { a: { cidr: 10.0.0.0/30 } }', ...two, '  w: { in: [prod] }'],
		[
			't:2:24: network a, 10.0.0.0/30, is too small to be cut into 2 segments (one for each environment: 10.0.0.0/20 would do)',
		],
	],
	['an unknown network', [net, 'workloads: { w: { network: b1 } }'], ['t:3:28: there is no network b1 (known: a)']],
	[
		'an unknown segment',
		[net, ...two, '  w: { networks: [a.prd] }'],
		['t:5:19: there is no network a.prd (did you mean a.prod?)'],
	],
	[
		'no network where there are two',
		['networks: { a: { cidr: 10.0.0.0/24 }, b: { cidr: 10.1.0.0/24 } }', 'workloads: { w: {} }'],
		['t:3:14: w does not say in which network it is (add network, one of: a, b)'],
	],
	[
		'an address used twice',
		[net, 'workloads: { v: { addresses: [10.0.0.5] }, w: { addresses: [10.0.0.5] } }'],
		['t:3:61: 10.0.0.5 is the address of v too (an address has one owner)'],
	],
	[
		'an address outside its network',
		[net, 'workloads: { v: { addresses: [10.0.1.5] } }'],
		['t:3:31: 10.0.1.5 lies outside a (10.0.0.0/24), where v is (take one of its range)'],
	],
	[
		'an address of another segment',
		[net, ...two, '  w: { in: [prod], addresses: ["10.0.0.200"] }'],
		['t:5:32: 10.0.0.200 lies in a.dev, where w.prod is not (it is in a.prod (10.0.0.0/25))'],
	],
	[
		'the address of a network',
		[net, 'workloads: { v: { addresses: [10.0.0.0] } }'],
		['t:3:31: 10.0.0.0 is the first or last address of a (these are not for workloads)'],
	],
	[
		'an address that is none',
		[net, 'workloads: { v: { addresses: [10.0.0.300] } }'],
		['t:3:31: 10.0.0.300 is not an address of a workload (such as 198.18.0.10 or fd00::10)'],
	],
	[
		'a fixed address for two replicas',
		[net, 'workloads: { v: { replicas: 2, addresses: [10.0.0.5] } }'],
		[
			't:3:32: v has fixed addresses and 2 replicas (an address has one owner: leave addresses out, or write the replicas as workloads)',
		],
	],
];

for (const [title, lines, expected] of cases)
	test(`${title} is told, with its place`, t => t.deepEqual(problemsOf(...lines), expected));
