// How long does it take to say which flows open and close between two policies over a data centre?
import {parsePolicies} from '../../core/files/policy.ts';
import {type Changes, changesBetween} from '../../core/reach/changes.ts';
import {dataCentre, parsedValue, read} from './big-policy.ts';
import {tell} from './figure.ts';

const size = {applications: 250, replicas: 20, rules: 1000};
const first = dataCentre({...size, seed: 1});
const {topology, stack} = read(first);
const [policy] = first.policies;
const other = parsedValue(parsePolicies(dataCentre({...size, seed: 2}).policies, topology));
/** A rule of a thousand has another port. */
const edited = parsedValue(
	parsePolicies([{...policy!, text: policy!.text.replace(/(allow: team \d+.*)\[ssh\]/, '$1[9999/tcp]')}], topology),
);

for (const [what, after] of [
	['two policies that have nothing in common', other],
	['two policies of which one rule differs', edited],
] as const) {
	const started = performance.now();
	const used = process.cpuUsage();
	const changes: Changes = changesBetween(
		{topology, stack, placement: 'host'},
		{topology, stack: after, placement: 'host'},
	);
	tell({
		bench: 'diff',
		question: `How long does the diff of ${what} take?`,
		unit: 's',
		value: (performance.now() - started) / 1000,
		limit: {most: 5},
		also: {
			workloads: topology.workloads.length,
			classes: changes.classes.length,
			rules: size.rules,
			changes: changes.flows.length,
			pairs: changes.pairs.opened.policy.workloads + changes.pairs.closed.policy.workloads,
			processorS: process.cpuUsage(used).user / 1e6,
			memoryMb: Math.round(process.memoryUsage().rss / 2 ** 20),
		},
	});
}
