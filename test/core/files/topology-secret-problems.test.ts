import test from 'ava';
import {problemsOf} from './topology-files.ts';

const two = ['environments: [prod, dev]', 'workloads:'];
const api = '  api: { in: [prod], services: { http: { port: 80, speaks: http }, ssh: { port: 22, speaks: ssh } } }';

/** Lines after `topology: t`, and the problem that is told, or several. */
const cases: readonly (readonly [string, readonly string[], readonly string[]])[] = [
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
		'an unknown secret of a metadata service',
		['workloads: { w: { metadata: { holds: [kye] } } }', 'secrets: { key: { kind: password, opens: [] } }'],
		['t:2:39: there is no secret kye (did you mean key?)'],
	],
	[
		'a weakness that works more than always',
		['workloads: { w: { services: { s: { port: 1, weak: [{ cve: CVE-1, works: 1.5 }] } } } }'],
		['t:2:73: works is the number 1.5 (at most 1)'],
	],
	[
		'a well-known key',
		['workloads: { w: {} }', 'secrets: { key: { kind: ssh-key, wellKnown: true, opens: [] } }'],
		['t:3:45: key is no password (nobody guesses a key)'],
	],
	[
		'a well-known password of somebody whom nobody guesses',
		['workloads: { w: {} }', 'secrets: { word: { kind: password, user: bob, wellKnown: true, opens: [] } }'],
		['t:3:42: bob is no user that attackers guess (user is one of admin, root, operator, postgres, guest, service)'],
	],
];

for (const [title, lines, expected] of cases)
	test(`${title} is told, with its place`, t => t.deepEqual(problemsOf(...lines), expected));
