// Compose and containerlab files where a rehearsal may stand, by the loader that every command has.
import {readFile} from 'node:fs/promises';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {loadOptions} from '../../cli/load-options.ts';
import {renderProblem} from '../../core/model/problem.ts';
import type {Rehearsal} from '../../core/model/rehearsal.ts';
import {loadRehearsal} from '../../rehearsals/load.ts';
import {loadSubject} from '../../rehearsals/subject.ts';
import {folder} from './rehearsal-files.ts';

const compose = `services:
  web: {image: nginx, ports: ["80:80"], depends_on: [db], networks: [front, back]}
  db: {image: postgres, networks: [back], labels: {network: x}}
  debug: {image: redis, profiles: [debug], networks: [front], depends_on: [web]}
networks: {front: , back: }
`;
const lab = 'name: lab\ntopology: {nodes: {a: {kind: linux, image: nginx, ports: ["80:80"]}, b: {kind: linux}}}\n';

async function loaded(t: ExecutionContext, files: Record<string, string>, word: string, profiles?: readonly string[]) {
	const place = await folder(t, files);
	const found = await loadRehearsal(path.join(place, word), loadOptions([], null, profiles));
	if (found.kind === 'wrong') throw new Error(found.problems.map(renderProblem).join('\n'));
	return {...found, place};
}

async function refused(t: ExecutionContext, files: Record<string, string>, word: string): Promise<string> {
	const place = await folder(t, files);
	const found = await loadRehearsal(path.join(place, word), loadOptions());
	return found.kind === 'ok' ? 'ok' : found.problems.map(renderProblem).join('\n').replaceAll(place, 'HERE');
}

const candidates = ({candidates: all}: Rehearsal): readonly string[] =>
	all.map(({name, today, stack}) => `${name}${today ? '*' : ''} ${stack.flatMap(({rules}) => rules).length}`);

test('a Compose file is what Docker enforces and the least policy, whichever way it is named', async t => {
	for (const [file, word] of [
		['compose.yaml', '.'],
		['docker-compose.yml', '.'],
		['docker-compose.yml', 'docker-compose.yml'],
		['mine.yml', 'mine.yml'],
	] as const) {
		const {value, warnings} = await loaded(t, {[file]: compose, 'package.json': '{}'}, word);
		t.deepEqual(candidates(value), ['flat 0', 'today* 4', 'first 2']);
		t.deepEqual(
			value.scenarios.map(({name}) => name),
			['intruder'],
		);
		t.regex(
			warnings.map(renderProblem).join('\n'),
			new RegExp(
				`^${file}:1:1: no policy stands here: today .*, first .* the 2 dependencies found \\(.*compose .*/${file}`,
			),
		);
	}
});

test('every file that was read has its hash among the inputs, and no other', async t => {
	const files = {
		'compose.yaml': 'services:\n  web: {image: nginx, env_file: a.env, ports: [80]}\n',
		'compose.override.yaml': 'services:\n  web: {environment: {A: b}}\n',
		'a.env': 'X=y\n',
		'other.yaml': 'x: 1\n',
	};
	const {value, place} = await loaded(t, files, '.');
	t.deepEqual(
		value.inputs.map(({path: one}) => one),
		['a.env', 'compose.override.yaml', 'compose.yaml'],
	);
	t.is(value.folder, place);
	t.true((await readFile(path.join(place, 'a.env'), 'utf8')).length > 0);
});

test('a profile that is on takes its services in', async t => {
	const off = await loaded(t, {'compose.yaml': compose}, '.');
	const on = await loaded(t, {'compose.yaml': compose}, '.', ['debug']);
	t.is(on.value.topology.workloads.length, off.value.topology.workloads.length + 1);
	t.true(off.warnings.some(({mend}) => mend === '--profile debug takes them in'));
});

test('a containerlab file is loaded by its name, by its content, and as the only one of a folder', async t => {
	for (const [file, word] of [
		['x.clab.yml', 'x.clab.yml'],
		['x.clab.yaml', '.'],
		['x.yml', 'x.yml'],
	] as const) {
		const {value} = await loaded(t, {[file]: lab}, word);
		t.is(value.name, 'lab');
		t.deepEqual(candidates(value), ['flat 0', 'first 1']);
	}
});

test('of several candidates one must be named, and a named one is taken', async t => {
	const place = await folder(t, {'compose.yaml': compose});
	const none = await loadSubject(place, undefined, loadOptions());
	t.is(none.kind === 'wrong' && none.problems[0]!.what, 'there are several candidates: today, first');
	const first = await loadSubject(place, 'first', loadOptions());
	t.is(first.kind === 'ok' && first.value.candidate.name, 'first');
});

test('one manifest is what a folder of it would be', async t => {
	const pod =
		'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: c, ports: [{containerPort: 80}]}]}\n';
	const {value} = await loaded(t, {'pod.yaml': pod, 'other.yaml': 'x: 1\n'}, 'pod.yaml');
	t.is(value.name, 'pod');
	t.is(value.topology.workloads.length, 1);
	t.true(value.inputs.some(({path: one}) => one === 'pod.yaml'));
});

const wrong: readonly (readonly [string, Record<string, string>, string, RegExp])[] = [
	[
		'a fault of a Compose file has its line',
		{'c.yml': 'services:\n  web: {image: x, depnds_on: [y]}\n'},
		'c.yml',
		/^c\.yml:2:19: web has no key depnds_on \(did you mean depends_on\?\)$/,
	],
	['the first format of Compose', {'c.yml': 'web:\n  image: nginx\n'}, 'c.yml', /^c\.yml:1:1: .* first format/],
	[
		'a misspelt first key',
		{'c.yml': 'servces: {}\n'},
		'c.yml',
		/is no rehearsal, nor a file of Compose, .*did you mean the key services\?/,
	],
	[
		'something else',
		{'c.yml': 'colour: red\n'},
		'c.yml',
		/is no rehearsal, nor .*\(these have the key rehearsal, services/,
	],
	[
		'a topology alone',
		{'x.topology.yaml': 'topology: x\n'},
		'x.topology.yaml',
		/this is a topology, and no rehearsal \(firebreak init/,
	],
	[
		'a topology beside its rehearsal',
		{'x.topology.yaml': 'topology: x\n', 'rehearsal.yaml': ''},
		'x.topology.yaml',
		/\(name the folder: HERE\)/,
	],
	[
		'two labs',
		{'a.clab.yml': lab, 'b.clab.yml': lab},
		'.',
		/there are 2 files \*\.clab\.yml \(name one of them, such as HERE\/a\.clab\.yml\)/,
	],
	[
		'a lab and a Compose file',
		{'a.clab.yml': lab, 'compose.yaml': compose},
		'.',
		/a Compose file and one of containerlab are there/,
	],
	['one further down', {'deep/compose.yaml': compose}, '.', /\(HERE\/deep\/compose\.yaml is there: name it\)/],
	[
		'a misspelt name',
		{'docker-compose.prod.yml': compose},
		'docker-compose.prd.yml',
		/docker-compose\.prod\.yml is there/,
	],
];

for (const [what, files, word, told] of wrong)
	test(`refused, with what mends it: ${what}`, async t => {
		t.regex(await refused(t, files, word), told);
	});
