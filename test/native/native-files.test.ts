// What was imported and written natively means the same: every pair of workloads may use the same ports.
import test from 'ava';
import {parsePolicies} from '../../core/files/policy.ts';
import {parseTopology} from '../../core/files/topology.ts';
import {importManifests} from '../../core/kubernetes/import.ts';
import type {Stack} from '../../core/model/policy.ts';
import {renderProblem} from '../../core/model/problem.ts';
import type {Topology} from '../../core/model/topology.ts';
import {nativeFiles} from '../../core/native/native-files.ts';
import {nativeNames} from '../../core/native/native-names.ts';
import {renderPorts} from '../../core/reach/port-set.ts';
import {createReach} from '../../core/reach/reach.ts';
import {corporaMissing, importCase, readCases} from '../kubernetes/corpus.ts';

interface Imported {
	readonly topology: Topology;
	readonly stack: Stack;
}

/** The files, read as a user's; throws with every problem. */
function readAgain(imported: Imported): Imported {
	const files = nativeFiles(imported, {name: 'written', source: 'a test'});
	const texts = (end: string) =>
		files.filter(({path}) => path.endsWith(end)).map(({path, text}) => ({file: path, text}));
	const topology = parseTopology(texts('.topology.yaml'));
	if (topology.kind === 'wrong') throw new Error(topology.problems.map(renderProblem).join('\n'));
	const own = texts('.policy.yaml').filter(({file}) => file.startsWith('policies/'));
	const stack = parsePolicies(own, topology.value);
	if (stack.kind === 'wrong')
		throw new Error(`${stack.problems.map(renderProblem).join('\n')}\n${files.map(({text}) => text).join('\n')}`);
	return {topology: topology.value, stack: stack.value};
}

/** `web -> db: was TCP 80, is All Connections`, for every pair of different workloads; one pair a pair of classes. */
function differences(imported: Imported): {readonly checked: number; readonly found: readonly string[]} {
	const again = readAgain(imported);
	const before = createReach(imported.topology, imported.stack);
	const after = createReach(again.topology, again.stack);
	const nativeName = new Map(
		nativeNames(imported.topology, imported.stack).kinds.flatMap(({name, members}) => {
			const replicas = again.topology.workloads.filter(({kind}) => kind === name);
			return members.map((member, at) => [member.name, replicas[at]!.name] as const);
		}),
	);
	const found: string[] = [];
	let checked = 0;
	for (const from of before.classes)
		for (const to of before.classes) {
			const source = from.members[0]!;
			const destination = from === to ? to.members[1] : to.members[0];
			if (destination === undefined) continue;
			checked++;
			const was = renderPorts(before.open(from.index, to.index, 4));
			const [left, right] = [source, destination].map(({name}) => after.classOf(nativeName.get(name)!)) as [
				number,
				number,
			];
			const is = renderPorts(after.open(left, right, 4));
			if (was !== is) found.push(`${source.name} -> ${destination.name}: was ${was}, is ${is}`);
		}
	return {checked, found};
}

const withCorpora = corporaMissing === undefined ? test : test.skip;
const reason = corporaMissing === undefined ? '' : ` (skipped: ${corporaMissing})`;

withCorpora(`other people's manifests mean the same when they are written natively${reason}`, t => {
	let [cases, checked] = [0, 0];
	for (const one of readCases()) {
		if (!one.features.includes('pure-policy') || one.expected_format === 'reject') continue;
		const imported = importCase(one);
		if (imported.kind === 'wrong' || imported.value.topology.workloads.length > 60) continue;
		const result = differences(imported.value);
		t.deepEqual(result.found.slice(0, 3), [], `${one.source} ${one.case}`);
		checked += result.checked;
		cases++;
	}
	t.log(`${cases} cases, ${checked} pairs of classes`);
	t.true(cases > 150 && checked > 3000);
});

test('a label that a selector word would hide, a namespace’s label and a port’s number survive', t => {
	const text = `apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {team: red}}
---
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop, labels: {outside: "yes", env: x}}
spec: {containers: [{name: c, ports: [{containerPort: 80}]}]}
---
apiVersion: v1
kind: Pod
metadata: {name: db.main, namespace: shop, labels: {tier: db}}
spec: {containers: [{name: c, ports: [{name: pg, containerPort: 5432}]}]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: db, namespace: shop}
spec:
  podSelector: {matchLabels: {tier: db}}
  ingress:
  - from: [{namespaceSelector: {matchLabels: {team: red}}, podSelector: {matchLabels: {outside: "yes"}}}]
    ports: [{port: pg}]
`;
	const imported = importManifests([{path: 'all.yaml', text}], {assumed: false});
	if (imported.kind === 'wrong') return t.fail(imported.problems.map(renderProblem).join('\n'));
	t.deepEqual(differences(imported.value).found, []);
	const policy = nativeFiles(imported.value, {name: 'written', source: 'a test'}).find(({path}) =>
		path.endsWith('.policy.yaml'),
	);
	t.regex(policy!.text, /namespace\/team: red, label\/outside: yes/);
});
