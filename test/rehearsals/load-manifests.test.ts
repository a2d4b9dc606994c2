import test from 'ava';
import {renderProblem} from '../../core/model/problem.ts';
import {loadRehearsal} from '../../rehearsals/load.ts';
import {smallShop} from '../core/files/small-shop.ts';
import {folder, load, none, usual} from './rehearsal-files.ts';

test('a folder of manifests needs an importer, and becomes flat and what stands there', async t => {
	const manifests = {'a/pod.yaml': 'kind: Pod\n', 'np.yaml': 'kind: NetworkPolicy\n'};
	const path = await folder(t, manifests);
	t.is((await loadRehearsal(path, none)).kind, 'wrong');
	const stack = (await load(t, usual)).candidates[1]!.stack;
	const asked: string[] = [];
	const loaded = await loadRehearsal(path, {
		...none,
		importManifests: async folder => {
			asked.push(folder);
			return {kind: 'ok', value: {topology: {...smallShop, files: ['np.yaml']}, stack}, warnings: []};
		},
	});
	if (loaded.kind === 'wrong') return t.fail(loaded.problems.map(renderProblem).join('\n'));
	t.deepEqual(asked, [path]);
	t.deepEqual(
		loaded.value.candidates.map(({name, stack, files}) => `${name} ${stack.length} ${files}`),
		['flat 0 ', 'manifests 1 np.yaml'],
	);
	t.deepEqual(
		loaded.value.inputs.map(({path}) => path),
		['a/pod.yaml', 'np.yaml'],
	);
});

test('a rehearsal may name a folder of manifests, whose policies are then in force today', async t => {
	const stack = (await load(t, usual)).candidates[1]!.stack;
	const {candidates, topology} = await load(
		t,
		{
			'rehearsal.yaml': 'rehearsal: m\ntopology: manifests\ncandidates:\n  mine: p.policy.yaml\n',
			'manifests/np.yaml': 'kind: NetworkPolicy\n',
			'p.policy.yaml': 'policy: p\nrules:\n  - allow: it\n    to: { tier: db }\n',
		},
		{...none, importManifests: async () => ({kind: 'ok', value: {topology: smallShop, stack}, warnings: []})},
	);
	t.is(topology.name, 'shop');
	t.deepEqual(
		candidates.map(({name, today}) => `${name} ${today}`),
		['flat false', 'today true', 'mine false'],
	);
});

test('- is manifests on standard input, read by whoever can, with its hash among the inputs', async t => {
	const refused = await loadRehearsal('-', none);
	t.is(
		refused.kind === 'wrong' && renderProblem(refused.problems[0]!),
		'-:1:1: standard input is not read here (name a folder)',
	);
	const {stack} = (await load(t, usual)).candidates[1]!;
	const importStream = async () =>
		({
			kind: 'ok',
			value: {topology: {...smallShop, files: ['stdin']}, stack, text: 'kind: Pod\n'},
			warnings: [],
		}) as const;
	const loaded = await loadRehearsal('-', {...none, importStream});
	if (loaded.kind === 'wrong') return t.fail(loaded.problems.map(renderProblem).join('\n'));
	t.is(loaded.value.name, 'stdin');
	t.deepEqual(
		loaded.value.candidates.map(({name, files}) => `${name} ${files}`),
		['flat ', 'manifests stdin'],
	);
	t.deepEqual(
		loaded.value.inputs.map(({path, sha256}) => `${path} ${sha256.length}`),
		['stdin 64'],
	);
});

test('a file of dependencies alone is no folder of manifests', async t => {
	const path = await folder(t, {'firebreak.dependencies.yaml': 'needs: []\n'});
	const found = await loadRehearsal(path, none);
	t.regex(found.kind === 'wrong' ? found.problems[0]!.what : '', /has no rehearsal\.yaml/);
});

test('policies in a folder of their own are told of the pods that they are for', async t => {
	const told: unknown[] = [];
	const surroundings = {nodes: [], notOnNode: []};
	await load(
		t,
		{
			'rehearsal.yaml': 'rehearsal: m\ntopology: manifests\ncandidates:\n  mine: policies\n',
			'manifests/pod.yaml': 'kind: Pod\n',
			'policies/np.yaml': 'kind: NetworkPolicy\n',
		},
		{
			...none,
			importManifests: async (_, given) => {
				told.push(given);
				return {kind: 'ok', value: {topology: smallShop, stack: [], surroundings}, warnings: []};
			},
		},
	);
	t.deepEqual(told, [undefined, surroundings]);
});
