import test from 'ava';
import {parseTopology} from '../../core/files/topology.ts';
import type {Topology} from '../../core/model/topology.ts';
import {keptAddresses} from '../../core/policy/kept-addresses.ts';

function read(...workloads: readonly string[]): Topology {
	const text = `topology: t\nnetworks:\n  app: { cidr: 198.18.0.0/24 }\nworkloads:\n${workloads.map(line => `  ${line}\n`).join('')}`;
	const parsed = parseTopology([{file: 't.topology.yaml', text}]);
	if (parsed.kind === 'wrong') throw new Error(JSON.stringify(parsed.problems));
	return parsed.value;
}
const addresses = ({workloads}: Topology): Readonly<Record<string, readonly string[]>> =>
	Object.fromEntries(workloads.map(({name, addresses: own}) => [name, own.map(({address}) => address)]));

const before = read('a: { network: app }', 'b: { network: app }', 'c: { network: app }');

test('who stays keeps its addresses though one before it is gone; who is new has what is free', t => {
	const after = read('b: { network: app }', 'c: { network: app }', 'd: { network: app }');
	const [old, kept] = [addresses(before), addresses(keptAddresses(before, after))];
	t.notDeepEqual(addresses(after).b, old.b, 'or this tests nothing');
	t.deepEqual([kept.b, kept.c], [old.b, old.c]);
	const all = Object.values(kept).flat();
	t.is(new Set(all).size, all.length, 'nobody shares one');
	t.deepEqual(kept.d, old.a, 'the lowest that is free');
});

test('the same topology keeps all', t => {
	t.deepEqual(keptAddresses(before, before), before);
});

test('an address outside every network is as the file has it', t => {
	const named = read('a: { network: app }', 'b: { outside: true, addresses: [203.0.113.9] }');
	const kept = addresses(keptAddresses(before, named));
	t.is(kept.b![0], addresses(named).b![0]);
	t.deepEqual(kept.a, addresses(before).a);
});
