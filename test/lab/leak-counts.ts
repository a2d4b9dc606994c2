// What the leak fixture found, as figures: for its test and for its benchmark.
import type {StreamCount} from './steady-traffic.ts';

export interface LeakRun {
	readonly seconds: number;
	readonly by: {readonly elements: number; readonly swaps: number};
	readonly streams: Readonly<Record<string, StreamCount>>;
	/** Probes by ends and outcome: `client both` → `open`. */
	readonly probes: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

export interface LeakCounts {
	/** Datagrams that were judged, and probes. */
	readonly judged: number;
	/** Arrived though both policies deny. */
	readonly leaked: number;
	/** Did not arrive, or found no way back, though both allow. */
	readonly dropped: number;
	/** Of those that one allows and the other denies: both happened. */
	readonly differed: {readonly arrived: number; readonly stopped: number};
}

export function leakCounts({streams, probes}: LeakRun): LeakCounts {
	const of = (far: string) => Object.values(streams).filter(({name}) => name.split(' ')[1] === far);
	const sum = (counts: readonly StreamCount[], each: (count: StreamCount) => number): number =>
		counts.reduce((total, count) => total + each(count), 0);
	const tried = ({sent, refused}: StreamCount): number => sent + refused;
	const outcomes = Object.entries(probes).flatMap(([ends, kinds]) =>
		Object.entries(kinds).map(([kind, count]) => ({expects: ends.endsWith('both') ? 'open' : 'denied', kind, count})),
	);
	const probed = (test: (one: (typeof outcomes)[number]) => boolean): number =>
		outcomes.filter(test).reduce((total, {count}) => total + count, 0);
	return {
		judged: sum(Object.values(streams), tried) + probed(() => true),
		leaked:
			sum(of('denied'), ({arrived}) => arrived) +
			probed(({expects, kind}) => expects === 'denied' && kind !== 'denied'),
		dropped:
			sum(of('both'), count => tried(count) - (count.name.endsWith('answered') ? count.answered : count.arrived)) +
			probed(({expects, kind}) => expects === 'open' && kind !== 'open'),
		differed: {
			arrived: sum(of('differs'), ({arrived}) => arrived),
			stopped: sum(of('differs'), count => tried(count) - count.arrived),
		},
	};
}
