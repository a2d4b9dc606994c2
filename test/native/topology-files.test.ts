// Inventories of thousands: what is written can be read again, in as many files as that takes.
import test from 'ava';
import {textLimits} from '../../core/files/text-limits.ts';
import {parseTopology} from '../../core/files/topology.ts';
import {parseInventory} from '../../core/inventory/inventory.ts';
import {renderProblem} from '../../core/model/problem.ts';
import {nativeFiles} from '../../core/native/native-files.ts';

const rows = (count: number, environments: readonly string[]): string =>
	`name,ip,env,note\n${Array.from(
		{length: count},
		(_, at) =>
			`host${at}.corp.example,10.${at >> 16}.${(at >> 8) & 255}.${at & 255},${environments[at % environments.length]},${'x'.repeat(50)}`,
	).join('\n')}\n`;

function written(text: string) {
	const parsed = parseInventory({file: 'w.csv', text}, {name: 'estate', said: []});
	if (parsed.kind === 'wrong') throw new Error(parsed.problems.map(renderProblem).join('\n'));
	const files = nativeFiles({topology: parsed.value.topology, stack: []}, {name: 'estate', source: 'w.csv'});
	return files.filter(({path}) => path.endsWith('.topology.yaml'));
}

function read(files: ReturnType<typeof written>) {
	const again = parseTopology(files.map(({path, text}) => ({file: path, text})));
	if (again.kind === 'wrong') throw new Error(again.problems.map(renderProblem).join('\n'));
	return again.value;
}

test('what one file has no room for stands in several, and together they are the same', t => {
	const files = written(rows(6000, ['prod', 'dev']));
	t.true(files.length > 1);
	t.is(files[1]!.path, 'estate-2.topology.yaml');
	for (const {text} of files) t.true(text.length < textLimits.characters);
	const {workloads} = read(files);
	t.is(workloads.length, 6000);
	t.deepEqual(workloads.find(({base}) => base === 'host5777')!.aliases, ['host5777.corp.example']);
});

test('a network for more than 198.18.0.0/15 has room for begins where its prefix does', t => {
	const topology = read(written(rows(16_500, ['a', 'b', 'c', 'd', 'e'])));
	t.is(topology.workloads.length, 16_500);
	t.is(topology.segments[0]!.network, 'net');
});
