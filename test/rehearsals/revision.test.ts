import {execFileSync, spawnSync} from 'node:child_process';
import {
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import type {Parsed} from '../../core/model/problem.ts';
import {openRevision, partingOf} from '../../rehearsals/revision.ts';

const identity = {
	GIT_AUTHOR_NAME: 'a',
	GIT_AUTHOR_EMAIL: 'a@example.com',
	GIT_COMMITTER_NAME: 'a',
	GIT_COMMITTER_EMAIL: 'a@example.com',
	GIT_CONFIG_GLOBAL: '/dev/null',
	GIT_CONFIG_NOSYSTEM: '1',
};

/** A repository whose only branch, `main`, has these files; it goes with the test. */
function repository(t: ExecutionContext, files: Readonly<Record<string, string>>) {
	const root = mkdtempSync(join(tmpdir(), 'firebreak-git-'));
	t.teardown(() => rmSync(root, {recursive: true, force: true}));
	const git = (...words: string[]): string =>
		execFileSync('git', words, {cwd: root, env: {...process.env, ...identity}, encoding: 'utf8'});
	const write = (path: string, text: string): void => {
		mkdirSync(dirname(join(root, path)), {recursive: true});
		writeFileSync(join(root, path), text);
	};
	const commit = (message: string): void => {
		git('add', '-A');
		git('commit', '-qm', message);
	};
	git('init', '-q', '-b', 'main');
	for (const [path, text] of Object.entries(files)) write(path, text);
	commit('first');
	return {root, git, write, commit};
}

function opened<T>(parsed: Parsed<T>): T {
	if (parsed.kind === 'wrong') throw new Error(parsed.problems.map(({what}) => what).join());
	return parsed.value;
}

const filesIn = (folder: string): readonly string[] =>
	readdirSync(folder, {recursive: true, withFileTypes: true})
		.filter(entry => !entry.isDirectory())
		.map(entry => join(entry.parentPath, entry.name).slice(folder.length + 1))
		.sort();

test('a folder is there as it was, whatever was changed, added or staged since, and the working tree stays as it is', async t => {
	const {root, git, write} = repository(t, {
		'net/a.yaml': 'a: 1\n',
		'net/deep/b.json': '{}',
		'net/run.sh': 'x',
		'c.yaml': 'c',
	});
	write('net/a.yaml', 'a: 2\n');
	write('net/new.yaml', 'n');
	git('add', 'net/new.yaml');
	const before = git('status', '--porcelain');
	await using revision = opened(await openRevision(join(root, 'net'), 'main'));
	t.deepEqual(filesIn(revision.path), ['a.yaml', 'deep/b.json']);
	t.is(readFileSync(join(revision.path, 'a.yaml'), 'utf8'), 'a: 1\n');
	t.is(revision.commit, git('rev-parse', 'main').trim());
	t.is(git('status', '--porcelain'), before);
});

test('the copy is gone after it is disposed of, twice is harmless, and a process that ends leaves none', async t => {
	const {root} = repository(t, {'a.yaml': 'a'});
	const revision = opened(await openRevision(root, 'HEAD'));
	t.true(existsSync(revision.path));
	await revision[Symbol.asyncDispose]();
	await revision[Symbol.asyncDispose]();
	t.false(existsSync(dirname(revision.path)));
	const source = `
		import {openRevision} from ${JSON.stringify(join(import.meta.dirname, '../../rehearsals/revision.ts'))};
		const result = await openRevision(${JSON.stringify(root)}, 'HEAD');
		console.log(result.value.path);
		process.exit(3);
	`;
	const {stdout, status, stderr} = spawnSync(process.execPath, ['--no-warnings', '--input-type=module', '-e', source], {
		encoding: 'utf8',
	});
	t.is(status, 3, stderr);
	t.true(stdout.includes('firebreak-revision-'));
	t.false(existsSync(dirname(stdout.trim())));
});

test('where a rehearsal names files above its folder, those are there too', async t => {
	const {root} = repository(t, {
		'shared/net.topology.yaml': 'topology: net\n',
		'one/rehearsal.yaml': 'topology: ../shared/net.topology.yaml\n',
		'two/rehearsal.yaml': 'topology: own.yaml\n',
	});
	await using one = opened(await openRevision(join(root, 'one'), 'main'));
	t.is(readFileSync(join(one.path, '../shared/net.topology.yaml'), 'utf8'), 'topology: net\n');
	await using two = opened(await openRevision(join(root, 'two'), 'main'));
	t.false(existsSync(join(two.path, '../shared')));
	await using file = opened(await openRevision(join(root, 'two/rehearsal.yaml'), 'main'));
	t.is(readFileSync(file.path, 'utf8'), 'topology: own.yaml\n');
});

test('a link inside the repository is one in the copy, and one that leads out of it is left out', async t => {
	const {root, commit} = repository(t, {'net/a.yaml': 'a'});
	symlinkSync('a.yaml', join(root, 'net/same.yaml'));
	symlinkSync('/etc/hostname', join(root, 'net/absolute.yaml'));
	symlinkSync('../../outside.yaml', join(root, 'net/outside.yaml'));
	commit('links');
	await using revision = opened(await openRevision(join(root, 'net'), 'main'));
	t.deepEqual(filesIn(revision.path), ['a.yaml', 'same.yaml']);
	t.is(readFileSync(join(revision.path, 'same.yaml'), 'utf8'), 'a');
});

test('names with blanks, quotes, stars and newlines are read as they are', async t => {
	const files = {
		'net/a b.yaml': '1',
		'net/*.yaml': '2',
		'net/"q".yaml': '3',
		'net/l\nine.yaml': '4',
		'net/ö.yaml': '5',
	};
	const {root} = repository(t, files);
	await using revision = opened(await openRevision(join(root, 'net'), 'main'));
	for (const [path, text] of Object.entries(files))
		t.is(readFileSync(join(revision.path, path.slice(4)), 'utf8'), text);
});

const refusals: readonly {
	readonly what: string;
	readonly path: string;
	readonly revision: string;
	readonly says: RegExp;
}[] = [
	{what: 'an unknown revision', path: 'net', revision: 'nowhere', says: /^there is no revision nowhere$/},
	{what: 'a revision that git takes for an option', path: 'net', revision: '--output=x', says: /is no revision$/},
	{what: 'a revision of two lines', path: 'net', revision: 'main\nHEAD', says: /is no revision$/},
	{what: 'a revision that is a file', path: 'net', revision: 'HEAD:net/a.yaml', says: /^there is no revision/},
	{what: 'a folder that was not there', path: 'later', revision: 'main', says: /^later is not there at main$/},
	{what: 'a pattern that is no folder', path: 'ne*', revision: 'main', says: /^"ne\*" is not there at main$/},
];
for (const {what, path, revision, says} of refusals)
	test(`${what} is a problem that names it`, async t => {
		const {root} = repository(t, {'net/a.yaml': 'a'});
		const result = await openRevision(join(root, path), revision);
		t.is(result.kind, 'wrong');
		t.regex(result.kind === 'wrong' ? result.problems[0]!.what : '', says);
	});

test('a folder in no repository is a problem that says so', async t => {
	const folder = mkdtempSync(join(tmpdir(), 'firebreak-no-git-'));
	t.teardown(() => rmSync(folder, {recursive: true}));
	const result = await openRevision(folder, 'main');
	t.regex(result.kind === 'wrong' ? result.problems[0]!.what : '', /lies in no git repository$/);
	const option = await openRevision('-x', 'main');
	t.regex(option.kind === 'wrong' ? option.problems[0]!.what : '', /^-x is no folder$/);
});

test('two branches part where they have their last commit in common', async t => {
	const {root, git, write, commit} = repository(t, {'a.yaml': '1'});
	const first = git('rev-parse', 'HEAD').trim();
	git('switch', '-qc', 'feature');
	write('a.yaml', '2');
	commit('second');
	git('switch', '-q', 'main');
	write('b.yaml', '3');
	commit('third');
	t.is(opened(await partingOf(root, 'main', 'feature')), first);
	const wrong = await partingOf(root, 'main', '-x');
	t.is(wrong.kind, 'wrong');
});
