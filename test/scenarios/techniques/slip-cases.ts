// How far the techniques get that try to slip past rules, in the world of `technique-cases.test.ts`.
import type {TechniqueName} from '../../../core/model/scenario.ts';
import type {Topology} from '../../../core/model/topology.ts';
import type {Passes} from '../../builders/attack-world.ts';

export interface Case {
	readonly technique: TechniqueName;
	readonly topology?: Topology;
	/** Left out: everything passes. */
	readonly passes?: Passes;
	readonly before: readonly TechniqueName[];
	/** `from > to: result, detail`, of every action in order. */
	readonly actions: readonly string[];
	/** On a network that answers nothing. */
	readonly mute: readonly string[];
}

const looked: readonly TechniqueName[] = ['discover-hosts', 'discover-services'];
const both = (said: readonly string[]): Pick<Case, 'actions' | 'mute'> => ({actions: said, mute: said});

export const slipCases: readonly Case[] = [
	{
		technique: 'ipv6-detour',
		before: looked,
		actions: ['wiki > db: success, 2 services seen over IPv6', 'wiki > far: success, 1 service seen over IPv6'],
		mute: ['wiki > db: denied, 0 services seen over IPv6', 'wiki > far: denied, 0 services seen over IPv6'],
	},
	{
		technique: 'source-port',
		before: looked,
		actions: [
			'wiki > 10.0.0.2: failure, open from port 20; refused',
			'wiki > 10.0.0.2: success, open from port 20; shell on api',
			'wiki > db: failure, open from port 20; refused',
			'wiki > db: failure, open from port 20; refused',
			'wiki > far: failure, open from port 20; refused',
		],
		mute: ['10.0.0.2', '10.0.0.2', 'db', 'db', 'far'].map(to => `wiki > ${to}: denied, open from no trusted port`),
	},
	{
		technique: 'spoof-source',
		before: [],
		actions: [
			'wiki > db: success, reached db as far',
			'wiki > far: success, reached far as db',
			'wiki > db: success, reached db as far',
			'wiki > far: success, reached far as db',
		],
		mute: ['db', 'far', 'db', 'far'].map(
			to => `wiki > ${to}: inconclusive, 1 of 1 packets were neither seen nor logged`,
		),
	},
	{
		technique: 'fragment',
		before: [],
		// Of packets in pieces the model knows nothing.
		...both(
			['db', 'far', 'db', 'far'].map(
				to =>
					`wiki > ${to}: inconclusive, with a tiny head: inconclusive, a lone tail: inconclusive, whole in two: inconclusive`,
			),
		),
	},
	{
		technique: 'arp-poison',
		before: ['discover-hosts'],
		actions: ['wiki > 10.0.0.2: not-applicable, there is no shared segment: no table of neighbours changed'],
		mute: ['wiki > 10.0.0.2: inconclusive, the answers could not be sent'],
	},
];
