// Other people's Compose files, against a summary of them that was made by rule (see corpora/README.md): who is in which
// network, who reaches whom, what is published. Skipped, with the reason, where the files are not beside the checkout.
import {readFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {parsePolicies} from '../../../core/files/policy.ts';
import {parseTopology} from '../../../core/files/topology.ts';
import {renderProblem} from '../../../core/model/problem.ts';
import {nativeFiles} from '../../../core/native/native-files.ts';
import {renderPorts} from '../../../core/reach/port-set.ts';
import {createReach} from '../../../core/reach/reach.ts';
import {loadCompose} from '../../../topologies/compose/load.ts';
import {corporaMissing, readCases} from '../../kubernetes/corpus.ts';

const corpora = path.resolve(import.meta.dirname, '../../../../shared/corpora');
const cases = readCases().filter(({source}) => source === 'compose');
const withCorpora = corporaMissing === undefined ? test : test.skip;
const reason = corporaMissing === undefined ? '' : ` (skipped: ${corporaMissing})`;

withCorpora(`every Compose file is a rehearsal without a problem, and means what its summary says${reason}`, t => {
	t.true(cases.length >= 20);
	for (const one of cases) {
		const loaded = loadCompose(path.join(corpora, one.input[0]!));
		if (loaded.kind === 'wrong') {
			t.fail(loaded.problems.map(renderProblem).join('\n'));
			continue;
		}
		const files = nativeFiles({...loaded.value, stack: []}, {name: 'written', source: one.case});
		const texts = (end: string) =>
			files.filter(file => file.path.endsWith(end)).map(file => ({file: file.path, text: file.text}));
		const topology = parseTopology(texts('.topology.yaml'));
		if (topology.kind === 'wrong') throw new Error(topology.problems.map(renderProblem).join('\n'));
		const stack = parsePolicies(texts('today.policy.yaml'), topology.value);
		if (stack.kind === 'wrong') throw new Error(stack.problems.map(renderProblem).join('\n'));
		t.deepEqual(
			topology.value.workloads.map(({name, addresses}) => [name, ...addresses.map(({address}) => address)]),
			loaded.value.topology.workloads.map(({name, addresses}) => [name, ...addresses.map(({address}) => address)]),
			`${one.case}: what is written has the addresses that were imported`,
		);
		const reach = createReach(topology.value, stack.value);
		const inside = topology.value.workloads.filter(({outside}) => !outside);
		const open = (from: string, to: string): string =>
			renderPorts(reach.open(reach.classOf(from), reach.classOf(to), 4));
		const world = topology.value.workloads.find(({outside}) => outside)?.name;
		const published = (name: string): string => (world === undefined ? 'No Connections' : open(world, name));
		const found = [
			...inside.map(
				({name, segments}) => `service ${name} networks=${[...segments].sort().join(',')} published=${published(name)}`,
			),
			...inside.flatMap(({name}) =>
				inside
					.filter(other => other.name !== name)
					.map(other => `${name} => ${other.name} : ${open(name, other.name)}`),
			),
		];
		t.deepEqual(found.sort(), expected(readFileSync(path.join(corpora, one.expected), 'utf8')), one.case);
	}
});

/** `ports=81:5000,51820:51820/udp` as the connections of whoever is outside. */
const expected = (text: string): readonly string[] =>
	text
		.trim()
		.split('\n')
		.map(line =>
			line.replace(/ports=(\S+)$/, (_, ports: string) => {
				const targets = ports === '-' ? [] : ports.split(',').map(one => one.split(':').at(-1)!);
				const of = (protocol: string): string => {
					const numbers = targets
						.filter(one => (one.split('/')[1] ?? 'tcp') === protocol)
						.map(one => Number(one.split('/')[0]));
					return joinRanges(numbers.sort((a, b) => a - b)).join(',');
				};
				const parts = (['tcp', 'udp'] as const).flatMap(protocol =>
					of(protocol) === '' ? [] : [`${protocol.toUpperCase()} ${of(protocol)}`],
				);
				return `published=${parts.length === 0 ? 'No Connections' : parts.join(',')}`;
			}),
		)
		.sort();

/** 8081 and 8082 are 8081-8082. */
const joinRanges = (numbers: readonly number[]): readonly string[] => {
	const ranges: [number, number][] = [];
	for (const number of numbers) {
		const last = ranges.at(-1);
		if (last !== undefined && last[1] === number - 1) last[1] = number;
		else ranges.push([number, number]);
	}
	return ranges.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`));
};
