import test from 'ava';
import {hasBit} from '../../core/policy/bits.ts';
import {endTable} from '../../core/policy/end-table.ts';
import {selectorsOf} from '../../core/policy/rule-table.ts';
import {networksOf, selects} from '../../core/policy/selector.ts';
import {randomCase} from '../builders/random.ts';

const firstSeed = Number(process.env.FIREBREAK_SEED ?? 1);
const nobodys = [
	'203.0.113.7',
	'198.18.0.200',
	'198.18.16.3',
	'0.0.0.0',
	'255.255.255.255',
	'2001:db8::7',
	'::',
	'fd00:f1eb::c8',
];

test('a selector as a set holds for exactly the ends that it selects one by one', t => {
	const seen = {held: 0, not: 0, merged: 0};
	for (let seed = firstSeed; seed < firstSeed + 200; seed++) {
		const {topology: plain, stack} = randomCase(seed);
		// Replicas, which differ in name alone and share everything else.
		const topology = {
			...plain,
			workloads: plain.workloads.flatMap(one => [one, {...one, name: `${one.name}-again`, addresses: one.addresses}]),
		};
		const networks = networksOf(topology);
		const selectors = selectorsOf(stack);
		const table = endTable(topology, selectors);
		const check = (selector: (typeof selectors)[number], end: number, of: Parameters<typeof selects>[1]): void => {
			const holds = selects(selector, of, networks);
			if (hasBit(table.selected(selector), end) !== holds)
				t.fail(`seed ${seed}: ${JSON.stringify(selector)} at ${of.workload?.name ?? ''} ${of.address}`);
			if (holds) seen.held++;
			else seen.not++;
		};
		for (const selector of selectors) {
			for (const {members, firstEnd} of table.profiles)
				for (const workload of members)
					for (const [at, {address}] of workload.addresses.entries())
						check(selector, firstEnd + at, {workload, address});
			for (const address of nobodys) check(selector, table.beyond(address), {workload: null, address});
		}
		seen.merged += topology.workloads.length - table.profiles.length;
	}
	t.true(seen.held > 5000 && seen.not > 5000 && seen.merged > 500, JSON.stringify(seen));
});
