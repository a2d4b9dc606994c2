// Inventories of thousands: what is written can be read again, in as many files as that takes.
import test from 'ava';
import {textLimits} from '../../core/files/text-limits.ts';
import {parseTopology} from '../../core/files/topology.ts';
import {type Inventory, parseInventory} from '../../core/inventory/inventory.ts';
import {renderProblem} from '../../core/model/problem.ts';
import {nativeFiles} from '../../core/native/native-files.ts';
import {nativeNames} from '../../core/native/native-names.ts';
import {nativeNetworks} from '../../core/native/native-networks.ts';

const rows = (count: number, environments: readonly string[]): string =>
	`name,ip,env,application\n${Array.from(
		{length: count},
		(_, at) =>
			`host${at}.corp.example,10.${at >> 16}.${(at >> 8) & 255}.${at & 255},${environments[at % environments.length]},${'x'.repeat(400)}`,
	).join('\n')}\n`;

function read(file: string, text: string): Inventory {
	const parsed = parseInventory({file, text}, {name: 'estate', said: []});
	if (parsed.kind === 'wrong') throw new Error(parsed.problems.map(renderProblem).join('\n'));
	return parsed.value;
}

test('what one file has no room for stands in several, and together they are the same', t => {
	const {topology} = read('w.csv', rows(1500, ['prod', 'dev']));
	const files = nativeFiles({topology, stack: []}, {name: 'estate', source: 'w.csv'}).filter(({path}) =>
		path.endsWith('.topology.yaml'),
	);
	t.true(files.length > 1);
	t.is(files[1]!.path, 'estate-2.topology.yaml');
	for (const {text} of files) t.true(text.length < textLimits.characters);
	const again = parseTopology(files.map(({path, text}) => ({file: path, text})));
	if (again.kind === 'wrong') throw new Error(again.problems.map(renderProblem).join('\n'));
	const {workloads} = again.value;
	t.is(workloads.length, 1500);
	t.deepEqual(workloads.find(({base}) => base === 'host1377')!.aliases, ['host1377.corp.example']);
});

test('a network for more than 198.18.0.0/15 has room for begins where its prefix does', t => {
	const {topology: small} = read('w.csv', rows(5, ['a', 'b', 'c', 'd', 'e']));
	const [one] = small.workloads;
	const workloads = Array.from({length: 16_500}, (_, at) => ({
		...one!,
		name: `h${at}`,
		kind: `h${at}`,
		base: `h${at}`,
	}));
	const topology = {...small, workloads};
	const networks = nativeNetworks(topology, nativeNames(topology, []));
	t.deepEqual(
		networks.map(({name, cidr}) => `${name} ${cidr}`),
		['net 10.0.0.0/14'],
	);
});
