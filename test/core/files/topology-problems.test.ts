import test from 'ava';
import {problemsOf} from './topology-files.ts';

const two = ['environments: [prod, dev]', 'workloads:'];
const api = '  api: { in: [prod], services: { http: { port: 80, speaks: http }, ssh: { port: 22, speaks: ssh } } }';

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
		'a protocol that is none',
		['workloads: { w: { services: { a: { port: 5/sttp } } } }'],
		['t:2:42: "5/sttp" is not a port (a port is written 443/tcp, 53/udp or 8000-8080/tcp)'],
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
	['no workload', ['environments: []'], ['t:1:1: the topology has no workload (add one under workloads)']],
];

for (const [title, lines, expected] of cases)
	test(`${title} is told, with its place`, t => t.deepEqual(problemsOf(...lines), expected));
