// Does it answer for a data centre? 100,000 workloads in 5,000 label classes under 1,000 rules, from the text of the
// files; then 1,000,000, made in memory from the same files with more replicas, since files may have 100,000.
import type {Topology, Workload} from '../../core/model/topology.ts';
import {createClosure} from '../../core/reach/closure.ts';
import {createReach} from '../../core/reach/reach.ts';
import {dataCentre, read} from './big-policy.ts';
import {median, tell} from './figure.ts';

const isWeak = (_: Workload, {weak}: Workload['services'][number]): boolean => weak.length > 0;
const anyService = (): boolean => true;
/** The most that this process ever took. */
const memoryMb = (): number => process.resourceUsage().maxRSS / 1024;
const seconds = (started: number): number => (performance.now() - started) / 1000;
/** Of the processor, since the beginning: on a busy machine the better witness. */
const cpuSeconds = (): number => Number(((process.cpuUsage().user + process.cpuUsage().system) / 1e6).toPrecision(3));

const files = dataCentre({applications: 250, replicas: 20, rules: 1000, seed: 1});
let started = performance.now();
const {topology, stack} = read(files);
const readSeconds = seconds(started);
const reach = createReach(topology, stack);
const size = {
	workloads: topology.workloads.length,
	classes: reach.classes.length,
	rules: stack.reduce((sum, {guardrails, rules}) => sum + guardrails.length + rules.length, 0),
};
tell({
	bench: 'scale',
	question: 'How long from the text of the files to classes that answer?',
	unit: 's',
	value: seconds(started),
	limit: {most: 5},
	also: {...size, readSeconds: Number(readSeconds.toPrecision(3)), cpuSeconds: cpuSeconds()},
});

const step = 11;
const numbers = reach.classes.map(({index}) => index).filter(index => index % step === 0);
started = performance.now();
let open = 0;
for (const from of numbers) for (const to of numbers) if (reach.open(from, to, 4).length > 0) open++;
tell({
	bench: 'scale',
	question: 'How long does one pair of classes take?',
	unit: 'µs',
	value: (seconds(started) * 1e6) / numbers.length ** 2,
	limit: {most: 10},
	also: {pairs: numbers.length ** 2, open},
});

const spread = (of: Topology, under: typeof reach, weak: typeof isWeak) => {
	const begun = performance.now();
	const counts = createClosure({topology: of, reach: under, weak}).fromEvery();
	return {
		value: seconds(begun),
		worst: counts.reduce((most, count) => Math.max(most, count), 0),
		median: median([...counts]),
	};
};
for (const [what, weak] of [
	['declared weak', isWeak],
	['any service', anyService],
] as const) {
	const before = cpuSeconds();
	const {value, ...also} = spread(topology, reach, weak);
	const spent = Number((cpuSeconds() - before).toPrecision(3));
	tell({
		bench: 'scale',
		question: `How long does the blast radius from every class take, where ${what} can be exploited?`,
		unit: 's',
		value,
		limit: {most: 2},
		also: {...size, ...also, cpuSeconds: spent},
	});
}
tell({
	bench: 'scale',
	question: 'How much memory does all of that take?',
	unit: 'MB',
	value: memoryMb(),
	limit: {most: 1024},
	also: size,
});

const many = manifold(topology, 10);
started = performance.now();
const manyReach = createReach(many, stack);
const classesSeconds = Number(seconds(started).toPrecision(3));
const {value, ...also} = spread(many, manyReach, isWeak);
tell({
	bench: 'scale',
	question: 'How long do classes and blast radius from every class take for 1,000,000 workloads made in memory?',
	unit: 's',
	value: seconds(started),
	limit: null,
	also: {
		workloads: many.workloads.length,
		classes: manyReach.classes.length,
		classesSeconds,
		spreadSeconds: Number(value.toPrecision(3)),
		memoryMb: Math.round(memoryMb()),
		...also,
	},
});

/** So many of each workload, at addresses of their own that lie in the same prefixes; what secrets open is only the first. */
function manifold(one: Topology, times: number): Topology {
	const workloads = one.workloads.flatMap(workload =>
		Array.from(
			{length: times},
			(_, at): Workload => (at === 0 ? workload : {...workload, name: `${workload.name}-${at}`}),
		),
	);
	return {...one, workloads: workloads.sort((a, b) => (a.name < b.name ? -1 : 1))};
}
