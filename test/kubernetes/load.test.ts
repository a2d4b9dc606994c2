import {mkdir, mkdtemp, rm, symlink, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test from 'ava';
import {renderProblem} from '../../core/model/problem.ts';
import {loadManifests, readManifestFiles} from '../../topologies/kubernetes/load.ts';

/** A folder with these files, gone after the test. */
async function folderWith(
	t: {teardown(end: () => Promise<void>): void},
	files: Readonly<Record<string, string>>,
): Promise<string> {
	const folder = await mkdtemp(path.join(tmpdir(), 'firebreak-manifests-'));
	t.teardown(() => rm(folder, {recursive: true, force: true}));
	for (const [name, text] of Object.entries(files)) {
		await mkdir(path.dirname(path.join(folder, name)), {recursive: true});
		await writeFile(path.join(folder, name), text);
	}
	return folder;
}

const pathsOf = async (folder: string): Promise<readonly string[]> => {
	const read = await readManifestFiles(folder);
	return read.kind === 'ok' ? read.value.map(file => file.path) : read.problems.map(renderProblem);
};

test('manifests are found at any depth, sorted, and nothing else is', async t => {
	const folder = await folderWith(t, {
		'b.yaml': '',
		'a/z.yml': '',
		'a/b/c.JSON': '',
		'README.md': '',
		'.git/x.yaml': '',
		'node_modules/y.yaml': '',
	});
	await symlink(folder, path.join(folder, 'loop'));
	t.deepEqual(await pathsOf(folder), ['a/b/c.JSON', 'a/z.yml', 'b.yaml']);
});

test('one file is a folder of itself', async t => {
	const folder = await folderWith(t, {'b.yaml': '', 'a.yaml': ''});
	t.deepEqual(await pathsOf(path.join(folder, 'b.yaml')), ['b.yaml']);
});

test('no folder, nothing in it, and a broken link are problems', async t => {
	const folder = await folderWith(t, {'notes.txt': ''});
	t.regex((await pathsOf(path.join(folder, 'gone')))[0]!, /there is no such folder/);
	t.regex((await pathsOf(folder))[0]!, /no file here is called \*\.yaml/);
	await symlink('/nowhere', path.join(folder, 'a.yaml'));
	t.deepEqual(await pathsOf(folder), ['a.yaml:1:1: cannot be read: ENOENT']);
});

test('bytes that are no text are refused, and the topology is called as its folder', async t => {
	const folder = await folderWith(t, {'a.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {}\n'});
	const loaded = await loadManifests(folder);
	t.is(loaded.kind === 'ok' && loaded.value.topology.name, path.basename(folder));
	await writeFile(path.join(folder, 'b.yaml'), Buffer.from([0x61, 0xff, 0xfe, 0x00]));
	const broken = await loadManifests(folder);
	t.regex(broken.kind === 'wrong' ? renderProblem(broken.problems[0]!) : '', /^b\.yaml:1:2: this is not text/);
});
