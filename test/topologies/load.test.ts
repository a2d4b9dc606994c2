import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test from 'ava';
import {renderProblem} from '../../core/model/problem.ts';
import {loadTopology} from '../../topologies/load.ts';

let folder = '';
test.before(async () => {
	folder = await mkdtemp(join(tmpdir(), 'firebreak-load-'));
	await writeFile(join(folder, 'a.topology.yaml'), 'topology: a\nworkloads: { w: {} }\n');
	await writeFile(join(folder, 'b.topology.yaml'), 'topology: b\nworkloads: { v: {}, w: {} }\n');
	await writeFile(join(folder, 'latin.yaml'), Buffer.from([0x61, 0x3a, 0x20, 0xe9]));
	await mkdir(join(folder, 'sub'));
});
test.after.always(() => rm(folder, {recursive: true}));

const problemsOf = async (...paths: string[]): Promise<readonly string[]> => {
	const loaded = await loadTopology(paths, folder);
	return loaded.kind === 'wrong' ? loaded.problems.map(renderProblem) : [];
};

test('a file is found from its folder', async t => {
	const loaded = await loadTopology(['a.topology.yaml'], folder);
	t.deepEqual(loaded.kind === 'ok' && loaded.value.workloads.map(({name, where}) => `${name} ${where.file}`), [
		'w a.topology.yaml',
	]);
});

test('several files are read together', async t => {
	t.deepEqual(await problemsOf('a.topology.yaml', 'b.topology.yaml'), [
		'b.topology.yaml:2:21: the workload w stands in two files, first in a.topology.yaml:2 (rename one of them)',
	]);
});

test('a missing file is told with the one that is there', async t => {
	t.deepEqual(await problemsOf('a.topology.yml'), [
		'a.topology.yml:1:1: there is no file a.topology.yml (a.topology.yaml is there)',
	]);
	t.deepEqual(await problemsOf('nowhere/a.yaml'), [
		'nowhere/a.yaml:1:1: there is no file nowhere/a.yaml (there is no folder nowhere)',
	]);
});

test('what is no file of text is told', async t => {
	t.regex((await problemsOf('sub'))[0]!, /^sub:1:1: this is a folder/);
	t.regex((await problemsOf('/dev/zero'))[0]!, /this is not a file/);
	t.regex((await problemsOf('latin.yaml'))[0]!, /^latin\.yaml:1:4: this is not text/);
});
