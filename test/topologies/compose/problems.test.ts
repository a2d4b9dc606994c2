// What is refused, with its place.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of Compose files are written so
import test from 'ava';
import {problemsOf} from './written.ts';

const wrong: readonly (readonly [title: string, text: string, problems: readonly string[]])[] = [
	[
		'a misspelt key',
		'services: {a: {image: x, depend_on: [b]}}',
		['c:1:26: a has no key depend_on (did you mean depends_on?)'],
	],
	[
		'a service that is not there',
		'services: {web: {image: x, depends_on: [wep]}}',
		['c:1:41: web depends on wep, which is no service here (did you mean web?)'],
	],
	[
		'a network that is not declared',
		'services: {a: {image: x, networks: [frnt]}}\nnetworks: {front: {}}',
		['c:1:37: a is in the network frnt, which the file does not declare (did you mean front?)'],
	],
	[
		'a secret that is not declared',
		'services: {a: {image: x, secrets: [s]}}',
		['c:1:36: a holds the secret s, which the file does not declare'],
	],
	[
		'ports that are none',
		'services: {a: {image: x, ports: ["80:http", "1:2/icmp"], expose: [0]}}',
		[
			'c:1:34: "80:http" is not a port (a port is written 8080:80, 127.0.0.1:8080:80/tcp or 53:53/udp)',
			'c:1:45: "1:2/icmp" has the protocol icmp (tcp, udp or sctp)',
			'c:1:67: "0" is not a port (ports go from 1 to 65535)',
		],
	],
	[
		'the first format',
		'web:\n  image: nginx',
		[
			'c:1:1: a Compose file has the key services, and this has not (this is Compose’s first format: put the services under the key services)',
		],
	],
	[
		'a required variable',
		'services: {a: {image: "${TAG:?which one}"}}',
		['c:1:23: the variable TAG is required: which one (set it, or write $$ for a dollar)'],
	],
	[
		'an address outside its network',
		'services: {a: {image: x, networks: {n: {ipv4_address: 10.0.1.5}}}}\nnetworks: {n: {ipam: {config: [{subnet: 10.0.0.0/24}]}}}',
		['c:1:37: 10.0.1.5 lies outside network n, 10.0.0.0/24 (take one of its range)'],
	],
	[
		'networks of one range',
		'services: {a: {image: x, networks: [n, m]}}\nnetworks: {n: {ipam: {config: [{subnet: 10.0.0.0/24}]}}, m: {ipam: {config: [{subnet: 10.0.0.0/16}]}}}',
		['c:2:58: network m, 10.0.0.0/16, overlaps network n, 10.0.0.0/24 (give one of them another range)'],
	],
	['nothing at all', 'services: {}', ['c:1:1: there is nothing in it that can be compromised']],
	['a type that does not fit', 'services: {a: {image: [x]}}', ['c:1:23: image is a list (wanted a text)']],
];
for (const [title, text, problems] of wrong)
	test(`refused, with its place: ${title}`, t => t.deepEqual(problemsOf(text), problems));
