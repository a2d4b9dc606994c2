import {spawnSync} from 'node:child_process';
import {cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test from 'ava';
import {root} from '../house/source-tree.ts';

/** A checkout whose npm only says what it was asked; `lock` and `installed` are its packages by version. */
function checkout(
	lock: Record<string, object>,
	installed: Record<string, object> | null,
): {readonly folder: string} & Disposable {
	const folder = mkdtempSync(join(tmpdir(), 'firebreak-prepare-'));
	for (const part of ['scripts', 'cli/doctor']) cpSync(join(root, part), join(folder, part), {recursive: true});
	writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
	writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({packages: {'': {}, ...lock}}));
	mkdirSync(join(folder, 'bin'));
	writeFileSync(join(folder, 'bin/npm'), '#!/bin/sh\necho "npm $@"\nexit 1\n', {mode: 0o755});
	if (installed !== null) {
		mkdirSync(join(folder, 'node_modules/.bin'), {recursive: true});
		writeFileSync(join(folder, 'node_modules/.bin/node'), '');
		writeFileSync(join(folder, 'node_modules/.package-lock.json'), JSON.stringify({packages: installed}));
	}
	return {folder, [Symbol.dispose]: () => rmSync(folder, {recursive: true})};
}

function prepare(folder: string) {
	const {npm_execpath: _, npm_node_execpath: __, ...clean} = process.env;
	const env = {...clean, PATH: `${join(folder, 'bin')}:${process.env.PATH}`};
	return spawnSync(process.execPath, [join(folder, 'scripts/prepare.mjs')], {encoding: 'utf8', env});
}

const one = {'node_modules/a': {version: '1.0.0'}};
const quiet: readonly (readonly [string, Record<string, object>, Record<string, object>])[] = [
	['all is installed', one, one],
	[
		'only an optional package of another system is missing',
		{...one, 'node_modules/b': {version: '1.0.0', optional: true}},
		one,
	],
];
for (const [what, lock, installed] of quiet) {
	test(`where ${what}, nothing is said and nothing is run`, t => {
		using made = checkout(lock, installed);
		const {stdout, stderr, status} = prepare(made.folder);
		t.deepEqual([stdout, stderr.replace(/^missing on this machine.*\n/, ''), status], ['', '', 0]);
	});
}

const lacking: readonly (readonly [string, Record<string, object> | null])[] = [
	['node_modules is missing', null],
	['a package has another version', {'node_modules/a': {version: '0.9.0'}}],
	['a package is missing', {}],
];
for (const [what, installed] of lacking) {
	test(`where ${what}, npm ci runs, all on stderr; when it fails that is exit 3 with the mend`, t => {
		using made = checkout(one, installed);
		const {stdout, stderr, status} = prepare(made.folder);
		t.is(stdout, '');
		t.regex(
			stderr,
			/^installing the npm packages.*\nnpm ci --loglevel=error\n.*could not be installed.*type: npm ci\n/,
		);
		t.is(status, 3);
	});
}

test('a checkout that lacks nothing is ready within 0.3 s (the best of five)', t => {
	const took = Array.from({length: 5}, () => {
		const started = performance.now();
		spawnSync(process.execPath, [join(root, 'scripts/prepare.mjs')]);
		return performance.now() - started;
	});
	t.true(Math.min(...took) < 300, took.map(ms => ms.toFixed(0)).join(' '));
});
