// Other people's labs, against a summary of them that was made by rule (see corpora/README.md). Skipped, with the reason,
// where the files are not beside the checkout.
import {readFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {parseTopology} from '../../../core/files/topology.ts';
import {renderProblem} from '../../../core/model/problem.ts';
import type {Topology, Workload} from '../../../core/model/topology.ts';
import {nativeFiles} from '../../../core/native/native-files.ts';
import {loadContainerlab} from '../../../topologies/containerlab/load.ts';
import {roleOf} from '../../../topologies/containerlab/node-kinds.ts';
import {corporaMissing, readCases} from '../../kubernetes/corpus.ts';

const corpora = path.resolve(import.meta.dirname, '../../../../shared/corpora');
const cases = readCases().filter(({source}) => source === 'containerlab');
const withCorpora = corporaMissing === undefined ? test : test.skip;
const reason = corporaMissing === undefined ? '' : ` (skipped: ${corporaMissing})`;

/** Of what is not a workload, where it is not: bridges are networks, `host` is outside, a cluster's containers are nodes. */
const isMachine = (kind: string): boolean => {
	const reading = roleOf(kind);
	return reading.kind === 'unknown' || reading.role === 'linux' || reading.role === 'network-os';
};

withCorpora(
	`every containerlab file is a rehearsal without a problem, with the nodes and links of its summary${reason}`,
	t => {
		t.true(cases.length >= 40);
		for (const one of cases) {
			const loaded = loadContainerlab(path.join(corpora, one.input[0]!));
			if (loaded.kind === 'wrong') {
				t.fail(loaded.problems.map(renderProblem).join('\n'));
				continue;
			}
			const again = readAgain(loaded.value);
			t.deepEqual(
				shape(again),
				shape(loaded.value),
				`${one.case}: what is written has the networks and addresses that were imported`,
			);
			const lines = readFileSync(path.join(corpora, one.expected), 'utf8').trim().split('\n');
			const expected = lines.flatMap(line => {
				const match = /^node (\S+) kind=(\S+)(?: image=(\S+))?/.exec(line);
				return match === null ? [] : [match];
			});
			const find = (name: string): Workload | undefined =>
				loaded.value.workloads.find(({base, outside}) => base === name && !outside) ?? joinedWith(loaded.value, name);
			for (const [, name, kind, image] of expected) {
				const workload = find(name!);
				t.is(workload !== undefined, isMachine(kind!), `${one.case}: ${name}`);
				if (workload?.base === name) t.is(workload?.labels.kind, kind);
				if (workload?.managed === true && image?.includes('$') !== true) t.is(workload?.image, image ?? null);
			}
			for (const line of lines) {
				const [, left, right] = /^link (\S+?):\S+ <-> (\S+?):/.exec(line) ?? [];
				const ends = [left, right].map(name => (name === undefined ? undefined : find(name)));
				if (ends[0] === undefined || ends[1] === undefined) continue;
				const shared = ends[0].segments.filter(segment => ends[1]!.segments.includes(segment) && segment !== 'mgmt');
				t.true(shared.length > 0, `${one.case}: ${line}`);
			}
		}
	},
);

function readAgain(topology: Topology): Topology {
	const files = nativeFiles({topology, stack: []}, {name: topology.name, source: 'a test'});
	const texts = files
		.filter(file => file.path.endsWith('.topology.yaml'))
		.map(file => ({file: file.path, text: file.text}));
	const parsed = parseTopology(texts);
	if (parsed.kind === 'wrong') throw new Error(`${parsed.problems.map(renderProblem).join('\n')}\n${texts[0]!.text}`);
	return parsed.value;
}

const shape = ({workloads}: Topology): readonly unknown[] =>
	workloads.map(({name, segments, addresses, services, managed, outside}) => ({
		name,
		segments,
		addresses: addresses.map(({address, segment}) => `${segment} ${address}`),
		services: services.map(one => `${one.name} ${one.port}/${one.protocol}`),
		managed,
		outside,
	}));

/** The workload that a node lives in the network of, which an assumption tells. */
const joinedWith = ({workloads, assumptions}: Topology, name: string): Workload | undefined => {
	const told = assumptions
		.map(one => /^(.+) lives in the network of (\S+),/.exec(one))
		.find(one => (one?.[1] ?? '').split(', ').includes(name));
	return workloads.find(({base}) => base === told?.[2]);
};
