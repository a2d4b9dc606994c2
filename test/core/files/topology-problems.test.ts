import test from 'ava';
import {parseTopology} from '../../../core/files/topology.ts';
import {renderProblem} from '../../../core/model/problem.ts';
import {problemsOf} from './topology-files.ts';

const two = ['environments: [prod, dev]', 'workloads:'];
const api = '  api: { in: [prod], services: { http: { port: 80, speaks: http }, ssh: { port: 22, speaks: ssh } } }';
const net = 'networks: { a: { cidr: 10.0.0.0/24 } }';

/** Lines after `topology: t`, and the problem that is told, or several. */
const cases: readonly (readonly [string, readonly string[], readonly string[]])[] = [
	[
		'an unknown workload',
		[...two, api, '  w: { in: [prod], needs: [apo:http] }'],
		['t:5:28: there is no workload apo (did you mean api?)'],
	],
	[
		'a workload of another environment',
		[...two, api, '  w: { in: [dev], needs: [api:http] }'],
		['t:5:27: api is in prod, not in dev (say which one: api.prod)'],
	],
	[
		'a need without environment',
		[...two, api, '  w: { needs: [api:http] }'],
		['t:5:16: api is in prod, not in no environment (say which one: api.prod)'],
	],
	[
		'an unknown environment of a need',
		[...two, api, '  w: { in: [dev], needs: [api.prd:http] }'],
		['t:5:27: api is in prod, not in prd (did you mean api.prod?)'],
	],
	[
		'an unknown service',
		[...two, api, '  w: { in: [prod], needs: [api:htp] }'],
		['t:5:28: api.prod has no service htp (did you mean http?)'],
	],
	[
		'an unknown port',
		[...two, api, '  w: { in: [prod], needs: [api:81] }'],
		['t:5:28: api.prod has no service 81 (it has http (80/tcp), ssh (22/tcp))'],
	],
	[
		'a service of the other protocol',
		[...two, api, '  w: { in: [prod], needs: [api:80/udp] }'],
		['t:5:28: api.prod has no service 80/udp (it has http (80/tcp), ssh (22/tcp))'],
	],
	[
		'a need of a replica',
		[...two, '  a: { in: [prod], replicas: 2 }', '  w: { in: [prod], needs: [a-1:x] }'],
		['t:5:28: there is no workload a-1 (a need is of all replicas: a)'],
	],
	[
		'a need of nothing',
		[...two, '  w: { needs: [api] }'],
		['t:4:16: api does not say of whom and what (a need is written api:http or queue:5672)'],
	],
	[
		'a workload that needs itself',
		[...two, '  w: { in: [prod], needs: [w:x], services: { x: { port: 1 } } }'],
		['t:4:28: w needs itself (what a workload sends to itself is always allowed: remove it)'],
	],
	[
		'an undeclared environment',
		[...two, '  w: { in: [prod, dve] }'],
		['t:4:19: there is no environment dve (did you mean dev?)'],
	],
	[
		'an undeclared environment as a key',
		[...two, '  w: { in: { dve: {} } }'],
		['t:4:14: there is no environment dve (did you mean dev?)'],
	],
	[
		'no environment is declared',
		['workloads:', '  w: { in: [prod] }'],
		['t:3:13: there is no environment prod (declare it at the top: environments: [prod])'],
	],
	[
		'a jewel where the workload is not',
		[...two, '  w: { in: [prod], jewel: { in: [dev] } }'],
		['t:4:34: w is not in dev (known: prod)'],
	],
	[
		'a reserved label',
		[...two, '  w: { labels: { env: prod } }'],
		['t:4:18: the label name env is reserved (say in: [prod]; the label env follows from it)'],
	],
	[
		'another reserved label',
		[...two, '  w: { in: { prod: { labels: { network: x } } } }'],
		['t:4:32: the label name network is reserved (selectors use this word: take another)'],
	],
	['no replicas', ['workloads: { w: { replicas: 0 } }'], ['t:2:29: replicas is the number 0 (at least 1)']],
	[
		'fewer than no replicas',
		['workloads: { w: { replicas: -1 } }'],
		['t:2:29: replicas is the number -1 (at least 1)'],
	],
	[
		'two services on one port',
		['workloads: { w: { services: { a: { port: 80 }, b: { port: 80/tcp } } } }'],
		['t:2:48: b and a have the same port 80/tcp (one port, one service)'],
	],
	[
		'a service in the range of another',
		['workloads: { w: { services: { a: { port: 80-90 }, b: { port: 85 } } } }'],
		['t:2:51: b and a have the same port 85/tcp (one port, one service)'],
	],
	[
		'sctp',
		['workloads: { w: { services: { a: { port: 5/sctp } } } }'],
		['t:2:42: "5/sctp" is not a port (a port is written 443/tcp, 53/udp or 8000-8080/tcp)'],
	],
	[
		'a port beyond all',
		['workloads: { w: { services: { a: { port: 65536 } } } }'],
		['t:2:42: "65536" is not a port (ports go from 1 to 65535)'],
	],
	[
		'http over udp',
		['workloads: { w: { services: { a: { port: 80/udp, speaks: http } } } }'],
		['t:2:58: http is not spoken over udp (the port is 80/udp)'],
	],
	[
		'a service called by a number',
		['workloads: { w: { services: { 80: { port: 80 } } } }'],
		['t:2:31: a service cannot be named 80 (it would be read as a port)'],
	],
	[
		'a service of one environment without port',
		[...two, '  w: { in: { prod: { services: { htpt: { weak: [x] } } } }, services: { http: { port: 80 } } }'],
		['t:4:34: the service htpt of w has no port (did you mean http?)'],
	],
	[
		'a name with a dot',
		['workloads: { a.b: {} }'],
		['t:2:14: "a.b" cannot be a name here (a name has letters, digits, - and _: no dot, no space, no /)'],
	],
	[
		'a name with a space',
		['workloads: { a b: {} }'],
		['t:2:14: "a b" cannot be a name here (a name has letters, digits, - and _: no dot, no space, no /)'],
	],
	[
		'a name with a slash',
		['networks: { a/b: { cidr: 10.0.0.0/24 } }', 'workloads: { w: {} }'],
		['t:2:13: "a/b" cannot be a name here (a name has letters, digits, - and _: no dot, no space, no /)'],
	],
	[
		'a workload called as a replica',
		[...two, '  w: { in: [prod], replicas: 2 }', '  w-1: { in: [prod] }'],
		['t:5:3: w-1.prod is also the name of a replica of w (t:4) (rename one of them)'],
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
		['t:2:24: 127.0.0.0/16 cannot be a network: it holds loopback addresses (such as 198.18.0.0/20 or 10.20.0.0/16)'],
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
		'the address of a gateway',
		[net, 'workloads: { v: { addresses: [10.0.0.1] } }'],
		['t:3:31: 10.0.0.1 is the first, second or last address of a (these are not for workloads)'],
	],
	[
		'an address that is none',
		[net, 'workloads: { v: { addresses: [10.0.0.300] } }'],
		['t:3:31: 10.0.0.300 is not an address (such as 198.18.0.10 or fd00::10)'],
	],
	[
		'a fixed address for two replicas',
		[net, 'workloads: { v: { replicas: 2, addresses: [10.0.0.5] } }'],
		[
			't:3:32: v has fixed addresses and 2 replicas (an address has one owner: leave addresses out, or write the replicas as workloads)',
		],
	],
	[
		'an unknown secret',
		['workloads: { w: { holds: [kye] } }', 'secrets: { key: { kind: ssh-key, opens: [{ service: ssh, of: {} }] } }'],
		['t:2:27: there is no secret kye (did you mean key?)', 't:3:53: none of the 1 workloads has a service named ssh'],
	],
	[
		'a secret of no environment',
		[
			...two,
			api,
			'  w: { holds: [key] }',
			'secrets: { key: { kind: ssh-key, per: [env], opens: [{ service: ssh, of: { env: prod } }] } }',
		],
		['t:5:16: w is in no environment, and each has its own key (say which: key@prod, key@dev)'],
	],
	[
		'an ssh key for http',
		[...two, api, 'secrets: { key: { kind: ssh-key, opens: [{ service: http, of: { env: prod } }] } }'],
		['t:5:53: http of api speaks http, to which no ssh-key logs in (a key opens what speaks ssh: use kind: password)'],
	],
	[
		'an unknown label in a secret',
		[...two, api, 'secrets: { key: { kind: ssh-key, opens: [{ service: ssh, of: { env: prd } }] } }'],
		['t:5:64: no workload has the label env=prd (did you mean prod?)'],
	],
	[
		'an unknown label in a dependency',
		[...two, api, 'dependencies: [{ need: x, from: { tier: a }, on: [ssh] }]'],
		['t:5:35: no workload has a label tier (known: env)'],
	],
	[
		'an unknown service of a dependency',
		[...two, api, 'dependencies: [{ need: x, from: {}, on: [shh] }]'],
		['t:5:42: nobody there has a service shh (did you mean ssh?)'],
	],
	[
		'a dependency of everyone on everyone',
		[...two, api, 'dependencies: [{ need: x, on: [ssh] }]'],
		['t:5:16: a dependency of everyone on everyone (say from (who needs it) or to (of whom))'],
	],
	[
		'a deploy server of nobody',
		[...two, '  d: { deploys: {} }'],
		['t:4:17: d deploys to workloads of which none speaks ssh (give them a service that speaks ssh)'],
	],
	[
		'a metadata service',
		['workloads: { w: { metadata: { holds: [] } } }'],
		[
			't:2:19: the metadata service of w cannot be built yet (put its secrets under holds: an attacker inside finds them there)',
		],
	],
	['no workload', ['environments: []'], ['t:1:1: the topology has no workload (add one under workloads)']],
];

for (const [title, lines, expected] of cases)
	test(`${title} is told, with its place`, t => t.deepEqual(problemsOf(...lines), expected));

test('problems of all kinds are told at once, and none that only follows from another', t => {
	const problems = problemsOf(
		'environments: [prod]',
		'networks: { a: { cidr: 10.0.0.0/24 }, b: { cidr: 10.0.0.0/24 } }',
		'workloads:',
		'  w:',
		'    in: [prod]',
		'    network: a',
		'    replicas: two',
		'    labels: { tier: 3 }',
		'    services: { http: { prot: 80 } }',
		'    needs: [w:http]',
		'  v: { in: [prod], network: a, needs: [w:http, u:http] }',
		'  v: {}',
		'dependencies: [{ need: x, from: { tier: a }, to: { env: prd }, on: [http] }]',
		'secrets: { s: { kind: ssh-key, opens: [{ service: http, of: { tier: b } }] } }',
	);
	t.deepEqual(problems, [
		't:3:50: network b, 10.0.0.0/24, overlaps network a, 10.0.0.0/24 (give one of them another range)',
		't:8:15: replicas is the text "two" (wanted a number)',
		't:9:21: tier is the number 3 (wanted a text: put it in quotes)',
		't:10:17: http lacks the key port (add it)',
		't:10:25: http has no key "prot" (did you mean port?)',
		't:11:13: w needs itself (what a workload sends to itself is always allowed: remove it)',
		't:12:48: there is no workload u (known: w, v)',
		't:13:3: the key "v" stands twice in one map (keep one of them)',
		't:14:52: no workload has the label env=prd (did you mean prod?)',
	]);
});

test('where a section is misspelt, nothing is said of what it should have had', t => {
	t.deepEqual(problemsOf('environment: [prod]', 'workloads: { w: { in: [prod], holds: [s] } }', 'secrts: { s: {} }'), [
		't:2:1: there is no key "environment" (did you mean environments?)',
		't:4:1: there is no key "secrts" (did you mean secrets?)',
	]);
	t.deepEqual(problemsOf('colour: red', 'workloads: { w: { holds: [s] } }'), [
		't:2:1: there is no key "colour" (known: environments, networks, dependencies, secrets)',
		't:3:27: there is no secret s',
	]);
});

test('a name in two files is told with both', t => {
	const text = (name: string): string =>
		`topology: ${name}\nnetworks: { n: { cidr: 10.0.0.0/24 } }\nworkloads: { w: { services: { ssh: { port: 22, speaks: ssh } } } }\nsecrets: { s: { kind: ssh-key, opens: [{ service: ssh, of: {} }] } }`;
	const parsed = parseTopology([
		{file: 'a', text: text('x')},
		{file: 'b', text: text('x')},
	]);
	t.deepEqual(parsed.kind === 'wrong' && parsed.problems.map(renderProblem), [
		'b:1:1: the topology x stands in two files, first in a:1 (rename one of them)',
		'b:2:13: the network n stands in two files, first in a:2 (rename one of them)',
		'b:3:14: the workload w stands in two files, first in a:3 (rename one of them)',
		'b:4:12: the secret s stands in two files, first in a:4 (rename one of them)',
	]);
});

test('a file that is no YAML is told together with the others', t => {
	const parsed = parseTopology([
		{file: 'a', text: 'a: [\n'},
		{file: 'b', text: 'topology: b\nx: 1\n'},
	]);
	t.deepEqual(parsed.kind === 'wrong' && parsed.problems.map(({where}) => where.file), ['a', 'b']);
});
