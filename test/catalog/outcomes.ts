// What each ready rehearsal claims, as one table: the model's word and the packets' are compared with the same rows.
import type {RehearsalReport} from '../../core/contracts/report.ts';

/** One candidate under one scenario. Names are those that the report prints. */
export interface Outcome {
	readonly run: `${string} · ${string}`;
	/** By environment, in the report's order; all kinds where there are no environments. */
	readonly lost: string;
	readonly jewels: string;
	readonly broken: readonly string[];
}

/** The kinds that `run` loses, sorted. */
export const lostUnder = (report: RehearsalReport, run: Outcome['run']): readonly string[] =>
	runOf(report, run).containment.lostKinds;

/** The run of `segmented · ransomware`. */
export const runOf = ({runs}: RehearsalReport, name: Outcome['run']): RehearsalReport['runs'][number] => {
	const found = runs.find(({candidate, scenario}) => `${candidate} · ${scenario}` === name);
	if (found === undefined) throw new Error(`no run is ${name}`);
	return found;
};

export const outcomesOf = ({runs}: RehearsalReport): readonly Outcome[] =>
	runs.map(({candidate, scenario, containment, breakage}) => ({
		run: `${candidate} · ${scenario}` as const,
		lost: lostText(containment),
		jewels: `${containment.jewelsReached} of ${containment.jewels}`,
		broken: breakage.flows.map(({dependency}) => dependency).sort(),
	}));

const lostText = ({compromised, others, byEnvironment}: RehearsalReport['runs'][number]['containment']): string =>
	[
		`${compromised} of ${others}`,
		...Object.entries(byEnvironment)
			.sort(([a], [b]) => (a < b ? -1 : 1))
			.map(([environment, one]) => `${environment} ${one.compromised} of ${one.others}`),
	].join(', ');

const forgotten = ['web.test -> cache.test:6379/tcp', 'worker.prod -> queue.prod:5672/tcp'];

export const claimed: Readonly<Record<'shop' | 'two-tier' | 'hospital', readonly Outcome[]>> = {
	shop: [
		shop('flat · ransomware', 16, {dev: 5, ops: 1, prod: 5, test: 5}, 2),
		shop('flat · thief', 13, {dev: 5, ops: 1, prod: 2, test: 5}, 2),
		shop('zones · ransomware', 11, {dev: 5, ops: 1, prod: 5, test: 0}, 1),
		shop('zones · thief', 8, {dev: 5, ops: 1, prod: 2, test: 0}, 1),
		shop('segmented · ransomware', 2, {dev: 2, ops: 0, prod: 0, test: 0}, 0),
		shop('segmented · thief', 3, {dev: 3, ops: 0, prod: 0, test: 0}, 0),
		{...shop('too-tight · ransomware', 2, {dev: 2, ops: 0, prod: 0, test: 0}, 0), broken: forgotten},
		{...shop('too-tight · thief', 3, {dev: 3, ops: 0, prod: 0, test: 0}, 0), broken: forgotten},
	],
	'two-tier': [
		{run: 'flat · intruder', lost: '4 of 4, dev 2 of 2, prod 2 of 2', jewels: '1 of 1', broken: []},
		{run: 'segmented · intruder', lost: '1 of 4, dev 1 of 2, prod 0 of 2', jewels: '0 of 1', broken: []},
	],
	hospital: [
		{run: 'flat · ward-worm', lost: '7 of 13', jewels: '2 of 2', broken: []},
		{run: 'flat · vendor', lost: '4 of 13', jewels: '2 of 2', broken: []},
		{run: 'servers-first · ward-worm', lost: '6 of 13', jewels: '1 of 2', broken: []},
		{run: 'servers-first · vendor', lost: '8 of 13', jewels: '1 of 2', broken: []},
		{run: 'both-ends · ward-worm', lost: '1 of 13', jewels: '0 of 2', broken: []},
		{run: 'both-ends · vendor', lost: '2 of 13', jewels: '0 of 2', broken: []},
	],
};

/** Of the shop's 21 kinds one is the foothold: wiki.dev or web.dev. */
function shop(
	run: Outcome['run'],
	all: number,
	lost: Readonly<Record<'dev' | 'ops' | 'prod' | 'test', number>>,
	jewels: number,
): Outcome {
	const {dev, ops, prod, test} = lost;
	return {
		run,
		lost: `${all} of 20, dev ${dev} of 6, ops ${ops} of 2, prod ${prod} of 6, test ${test} of 6`,
		jewels: `${jewels} of 2`,
		broken: [],
	};
}
