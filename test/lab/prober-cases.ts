// What the prober is tested on: a lab in which every kind of answer can be had, the flows that have it, and what must be
// said of each. Read by the test and by its fixture.

import type {Flow} from '../../core/model/flow.ts';
import type {Direction} from '../../core/model/policy.ts';
import type {Family} from '../../core/model/topology.ts';
import {flow} from '../builders/flow.ts';
import {allow, policies} from '../builders/policy.ts';
import {topology, type WorkloadSpec} from '../builders/topology.ts';

/** Names of the pairs that the ways to fail spoil, one each: `full-a` sends to `full-b`. */
export const troubled = [
	'liar',
	'cheat',
	'lost',
	'full',
	'killed',
	'unrouted',
	'unreturned',
	'six',
	'down',
	'gone',
] as const;
/** Whose rules log a denial and let the packet in all the same; the second's services are not the lab's. */
export const liars: readonly Trouble[] = ['liar', 'cheat'];
export type Trouble = (typeof troubled)[number];

const judged = {role: 'judged'};
const services = ['http:80', 'names:53/udp'];
const pairs = troubled.flatMap((name): [string, WorkloadSpec][] => [
	[`${name}-a`, {labels: judged}],
	[`${name}-b`, {labels: judged, services}],
]);

/** `free` is under no policy; services of `own` are answered by programs that are not the lab's; `polite` under one that rejects; all others under one that drops. */
export const lab = topology({
	web: {labels: judged},
	db: {
		labels: judged,
		services: ['postgres:5432', 'names:53/udp', 'signals:36412/sctp', 'hidden:9999', 'secret:9998/udp'],
	},
	free: {labels: {role: 'free'}, services: ['http:80', 'names:53/udp']},
	own: {labels: judged, services: ['http:80', 'names:53/udp', 'brusque:82', 'hidden:81', 'secret:5353/udp']},
	polite: {labels: {role: 'polite'}, services: ['http:80', 'names:53/udp']},
	...Object.fromEntries(pairs),
});

export const stack = policies(
	{
		applies: judged,
		rules: [
			allow('what db offers', {to: {workload: 'db'}, on: ['5432/tcp', '53/udp', '36412/sctp', 'icmp']}),
			allow('what nobody listens on', {to: {workload: 'db'}, on: ['4444/tcp', '4444/udp', '4444/sctp']}),
			...troubled.map(name => allow(name, {from: {workload: `${name}-a`}, to: {workload: `${name}-b`}})),
			allow('what own offers', {to: {workload: 'own'}, on: ['80/tcp', '82/tcp', '4444/tcp', '53/udp', '4444/udp']}),
		],
	},
	{applies: {role: 'polite'}, denied: 'reject'},
);

type Decision = `${Direction} ${'allow' | 'deny'} ${string}`;
interface Case {
	readonly from: string;
	readonly to: string;
	/** Null: no rule denied it, and the far end said this. */
	readonly denied: {readonly direction: Direction; readonly rule: string} | null;
	readonly arrival: 'open' | 'closed' | 'none';
	/** Every log of the packet, in the order in which it met the rules. */
	readonly logs: readonly Decision[];
}

const answered = (from: string, to: string, arrival: 'open' | 'closed', ...logs: Decision[]): Case => ({
	from,
	to,
	denied: null,
	arrival,
	logs,
});
const stopped = (from: string, to: string, ...logs: [...Decision[]]): Case => {
	const [direction, , rule] = logs.at(-1)!.split(' ');
	return {from, to, denied: {direction: direction as Direction, rule: rule!}, arrival: 'none', logs};
};
const [offered, unheard, foreign] = ['p0.r1', 'p0.r2', `p0.r${3 + troubled.length}`];

export const cases: readonly Case[] = [
	answered('web', 'db:5432', 'open', `egress allow ${offered}`, `ingress allow ${offered}`),
	answered('web', 'db:53/udp', 'open', `egress allow ${offered}`, `ingress allow ${offered}`),
	answered('web', 'db:36412/sctp', 'open', `egress allow ${offered}`, `ingress allow ${offered}`),
	answered('free', 'db:36412/sctp', 'open', 'egress allow none', `ingress allow ${offered}`),
	answered('web', 'db:icmp', 'open', `egress allow ${offered}`, `ingress allow ${offered}`),
	answered('free', 'db:5432', 'open', 'egress allow none', `ingress allow ${offered}`),
	answered('web', 'db:4444', 'closed', `egress allow ${unheard}`, `ingress allow ${unheard}`),
	answered('web', 'db:4444/udp', 'closed', `egress allow ${unheard}`, `ingress allow ${unheard}`),
	answered('web', 'db:4444/sctp', 'closed', `egress allow ${unheard}`, `ingress allow ${unheard}`),
	...['own:80', 'own:82', 'own:53/udp'].flatMap(to => [
		answered('web', to, 'open', `egress allow ${foreign}`, `ingress allow ${foreign}`),
		answered('free', to, 'open', 'egress allow none', `ingress allow ${foreign}`),
	]),
	answered('web', 'own:4444', 'closed', `egress allow ${foreign}`, `ingress allow ${foreign}`),
	answered('web', 'own:4444/udp', 'closed', `egress allow ${foreign}`, `ingress allow ${foreign}`),
	stopped('web', 'own:81', 'egress deny p0.default'),
	stopped('free', 'own:81', 'egress allow none', 'ingress deny p0.default'),
	stopped('free', 'own:5353/udp', 'egress allow none', 'ingress deny p0.default'),
	stopped('web', 'db:9999', 'egress deny p0.default'),
	stopped('web', 'db:9998/udp', 'egress deny p0.default'),
	stopped('web', 'db:36413/sctp', 'egress deny p0.default'),
	stopped('free', 'db:36413/sctp', 'egress allow none', 'ingress deny p0.default'),
	stopped('free', 'polite:36412/sctp', 'egress allow none', 'ingress deny p1.default'),
	stopped('polite', 'free:36412/sctp', 'egress deny p1.default'),
	stopped('web', 'free:icmp', 'egress deny p0.default'),
	stopped('free', 'db:9999', 'egress allow none', 'ingress deny p0.default'),
	stopped('free', 'db:9998/udp', 'egress allow none', 'ingress deny p0.default'),
	stopped('free', 'web:icmp', 'egress allow none', 'ingress deny p0.default'),
	stopped('free', 'web:80', 'egress allow none', 'ingress deny p0.default'),
	stopped('free', 'polite:80', 'egress allow none', 'ingress deny p1.default'),
	stopped('free', 'polite:53/udp', 'egress allow none', 'ingress deny p1.default'),
	stopped('free', 'polite:icmp', 'egress allow none', 'ingress deny p1.default'),
	stopped('polite', 'free:80', 'egress deny p1.default'),
	stopped('polite', 'free:53/udp', 'egress deny p1.default'),
	stopped('polite', 'free:icmp', 'egress deny p1.default'),
];

export const families: readonly Family[] = [4, 6];
export const healthyFlows = families.flatMap(family => cases.map(({from, to}) => flow(from, to, family)));

/** What a pair is asked: three protocols in both families. Without trouble each is open. */
export const pairFlows = (name: Trouble): readonly Flow[] =>
	families.flatMap(family => ['80', '53/udp', 'icmp'].map(port => flow(`${name}-a`, `${name}-b:${port}`, family)));

/** So many closed ports that a kernel which limits its ICMP errors would answer only some. */
export const closedBurst = families.flatMap(family =>
	Array.from({length: 200}, () => flow('web', 'db:4444/udp', family)),
);

/** What each pair is asked once it is in trouble. */
export function troubledFlows(name: Trouble): readonly Flow[] {
	switch (name) {
		// Many, so that logs and accepts race; and so many that their logs cannot all lie in a small buffer.
		case 'liar':
		case 'cheat':
			return families.flatMap(family => Array.from({length: 200}, () => flow(`${name}-a`, `${name}-b:80`, family)));
		// What a rule resets looks like a closed port to its sender, unless its log is read.
		case 'lost':
			return Array.from({length: 200}, () => [
				flow('lost-a', 'lost-b:80'),
				flow('free', 'lost-b:80'),
				flow('free', 'polite:80'),
			]).flat();
		// Also what its own rules would deny, were it tracked.
		case 'full':
			return [...pairFlows('full'), ...families.map(family => flow('full-b', 'free:80', family))];
		default:
			return pairFlows(name);
	}
}
