// The published package: what `npm pack` gives, unpacked where npm would put it, with its dependencies beside it.
import {spawnSync} from 'node:child_process';
import {existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test from 'ava';
import {root} from '../house/source-tree.ts';

const folder = mkdtempSync(join(tmpdir(), 'firebreak-package-'));
const home = join(folder, 'node_modules/firebreak');
const run = (program: string, words: readonly string[], cwd: string) =>
	spawnSync(program, [...words], {cwd, encoding: 'utf8', env: {...process.env, npm_config_loglevel: 'error'}});

test.before('pack it and unpack it', t => {
	const packed = run('npm', ['pack', '--silent', '--pack-destination', folder], root);
	t.is(packed.status, 0, packed.stderr + packed.stdout);
	const tarball = readdirSync(folder).find(name => name.endsWith('.tgz'))!;
	mkdirSync(join(folder, 'node_modules'));
	t.is(run('tar', ['-xzf', tarball, '-C', 'node_modules', '--transform', 's/^package/firebreak/'], folder).status, 0);
	const {dependencies, optionalDependencies} = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
	for (const name of Object.keys({...dependencies, ...optionalDependencies})) {
		if (name.startsWith('@')) mkdirSync(join(folder, 'node_modules', name.split('/')[0]!), {recursive: true});
		symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name));
	}
});
test.after.always(() => rmSync(folder, {recursive: true}));

const firebreak = (words: readonly string[]) =>
	run(process.execPath, [join(home, 'bin/firebreak.js'), ...words], folder);

test('it has JavaScript and no source, no test and no script of the project', t => {
	const names = readdirSync(home, {recursive: true, encoding: 'utf8'});
	t.deepEqual(
		names.filter(name => name.endsWith('.ts') || /^(test|scripts|node_modules)\//.test(name)),
		[],
	);
	t.true(names.length > 50);
});

test('every file that the sources read lies in it at the same place', t => {
	const read = ['enforcers/templates', 'topologies/catalog', 'scenarios/catalog', 'cli/starter'].flatMap(below =>
		existsSync(join(root, below))
			? readdirSync(join(root, below), {recursive: true, encoding: 'utf8'})
					.filter(name => /\.(njk|ya?ml|json)$/.test(name))
					.map(name => join(below, name))
			: [],
	);
	t.true(read.some(name => name.endsWith('.njk')) && read.some(name => name.endsWith('.yaml')));
	t.deepEqual(
		read.filter(name => !existsSync(join(home, 'dist', name))),
		[],
	);
	for (const schema of readdirSync(join(root, 'schemas'))) t.true(existsSync(join(home, 'schemas', schema)), schema);
});

test('its help and its version are those of the sources', t => {
	const help = firebreak(['--help']);
	t.is(help.status, 0, help.stderr);
	t.is(help.stdout, run(process.execPath, ['cli/main.ts', '--help'], root).stdout);
	t.is(firebreak(['--version']).stdout, run(process.execPath, ['cli/main.ts', '--version'], root).stdout);
});

test('it writes a rehearsal, finds nothing wrong with it, and finds its own catalogue', t => {
	t.is(firebreak(['init', 'mine']).status, 0);
	t.regex(firebreak(['check', 'mine']).stdout, /no problem in 4 files/);
	const shop = firebreak(['check', 'shop']);
	t.is(shop.status, 0, shop.stderr);
});

test('its doctor tries the same things as that of the sources, helper processes included', t => {
	const rows = (stdout: string) =>
		JSON.parse(stdout).rows.map(({name, state}: {name: string; state: string}) => `${name}: ${state}`);
	const [packed, sources] = [
		firebreak(['doctor', '--format', 'json']),
		run(process.execPath, ['cli/main.ts', 'doctor', '--format', 'json'], root),
	];
	t.deepEqual(rows(packed.stdout), rows(sources.stdout));
});
