import {mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test from 'ava';
import {parseTopology} from '../../core/files/topology.ts';
import {renderProblem} from '../../core/model/problem.ts';
import type {Rehearsal} from '../../core/model/rehearsal.ts';
import type {Runtime} from '../../core/model/topology.ts';
import {chooseRuntime} from '../../rehearsals/choose-runtime.ts';

const folder = mkdtempSync(join(tmpdir(), 'fb-runtime-'));
writeFileSync(join(folder, 'there.conf'), '');
test.after.always(() => rmSync(folder, {recursive: true}));

function chosen(asked: Runtime | undefined, ...lines: readonly string[]) {
	const parsed = parseTopology([{file: 't.yaml', text: ['topology: t', ...lines].join('\n')}]);
	if (parsed.kind === 'wrong') throw new Error(parsed.problems.map(renderProblem).join('\n'));
	const rehearsal = {folder, topology: parsed.value} as Rehearsal;
	const found = chooseRuntime(rehearsal, asked);
	return found.kind === 'wrong'
		? {problems: found.problems.map(renderProblem)}
		: {...found.value, warnings: found.warnings.map(renderProblem)};
}

test('the option goes before the file, and the file before netns', t => {
	const runtimeOf = (asked: Runtime | undefined, ...lines: readonly string[]) => {
		const found = chosen(asked, ...lines, 'workloads: { a: {} }');
		return 'runtime' in found ? found.runtime : null;
	};
	t.is(runtimeOf(undefined), 'netns');
	t.is(runtimeOf(undefined, 'runtime: docker'), 'docker');
	t.is(runtimeOf('netns', 'runtime: docker'), 'netns');
	t.is(runtimeOf('docker'), 'docker');
});

test('images that netns does not start are said in one warning, and docker has none', t => {
	const lines = ['workloads:', '  a: { image: nginx }', '  b: { image: redis, replicas: 3 }', '  c: {}'];
	const netns = chosen('netns', ...lines);
	t.deepEqual('warnings' in netns && netns.warnings, [
		"t.yaml:3:3: the images of a and 1 more are not started on netns (the lab's own listeners stand in; --runtime docker starts them)",
	]);
	const docker = chosen('docker', ...lines);
	t.deepEqual('warnings' in docker && docker.warnings, []);
	t.true('rehearsal' in docker && docker.rehearsal.topology.assumptions.some(text => text.includes('NET_ADMIN')));
});

test('a volume is relative to its file, and one that is not there is a problem with its place, before anything runs', t => {
	const of = (source: string) => chosen('docker', 'workloads:', `  a: { volumes: ["${source}:/etc/x"], replicas: 2 }`);
	const found = of('./there.conf');
	t.deepEqual('rehearsal' in found && found.rehearsal.topology.workloads.map(({volumes}) => volumes?.[0]?.source), [
		join(folder, 'there.conf'),
		join(folder, 'there.conf'),
	]);
	t.deepEqual(of('./their.conf'), {
		problems: ['t.yaml:3:18: the volume ./their.conf is not there (a path relative to t.yaml)'],
	});
	const netns = chosen('netns', 'workloads:', '  a: { volumes: ["./their.conf:/etc/x"] }');
	t.false('problems' in netns, 'what no container sees need not be there');
});

test('a folder to build lies beside its file or below, and has its Dockerfile, or nothing is asked of Docker', t => {
	mkdirSync(join(folder, 'api/build'), {recursive: true});
	writeFileSync(join(folder, 'api/build/Own'), '');
	mkdirSync(join(folder, 'bare'));
	symlinkSync(tmpdir(), join(folder, 'away'));
	const of = (image: string) => chosen('docker', 'workloads:', `  a: { image: { ${image} }, replicas: 2 }`);
	const found = of('build: ./api, dockerfile: build/Own, args: { n: 1 }');
	t.deepEqual(
		'rehearsal' in found &&
			found.rehearsal.topology.workloads.map(({image, build}) => [
				image,
				build?.context,
				build?.dockerfile,
				build?.args,
			]),
		Array(2).fill(['./api', join(folder, 'api'), 'build/Own', {n: '1'}]),
	);
	const at = 't.yaml:3:24: ';
	for (const [image, says] of [
		['build: ./none', 'there is no folder ./none to build (a path relative to t.yaml)'],
		['build: ..', '.. lies outside the folder of t.yaml (build what is beside the file or below)'],
		['build: away', 'away lies outside the folder of t.yaml (build what is beside the file or below)'],
		['build: bare', 'there is no Dockerfile in bare (a path in that folder: dockerfile: build/Dockerfile)'],
		[
			'build: bare, dockerfile: ../api/build/Own',
			'there is no ../api/build/Own in bare (a path in that folder: dockerfile: build/Dockerfile)',
		],
	] as const)
		t.deepEqual(of(image), {problems: [at + says]});
	t.false('problems' in chosen('netns', 'workloads: { a: { image: { build: ./none } } }'), 'netns builds nothing');
});

test('commands that docker does not start are said in one warning; who has an image as well starts that', t => {
	const lines = ['workloads:', '  a: { run: [x] }', '  b: { run: [x], image: y }', '  c: { run: [x] }'];
	const docker = chosen('docker', ...lines);
	t.deepEqual('warnings' in docker && docker.warnings, [
		"t.yaml:3:3: what run: says of a and 1 more is not started on docker (the lab's own listeners stand in; a container starts what image: and command: say)",
	]);
	const netns = chosen('netns', ...lines);
	t.deepEqual('warnings' in netns && netns.warnings, []);
});
