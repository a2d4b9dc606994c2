// The laws of the house. A title is the law with its reason; what fails lists the files that break it.
import {spawnSync} from 'node:child_process';
import {existsSync, globSync, readFileSync} from 'node:fs';
import {basename, join} from 'node:path';
import test from 'ava';
import {doors} from './house/doors.ts';
import {floorLaws} from './house/floors.ts';
import {root, sourceFiles} from './house/source-tree.ts';

const files = sourceFiles();
const published = files.filter(({path}) => !/^(test|scripts)\//.test(path));
const folders = ['core', 'kernel', 'topologies', 'enforcers', 'scenarios', 'lab', 'rehearsals', 'tui', 'cli'];
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<string, Record<string, string>>;

test('the scan sees imports of every form', t => {
	const own = files.find(({path}) => path === 'test/house.test.ts');
	t.true(own?.imports.includes('test/house/doors.ts') && own.imports.includes('ava'));
	t.true(
		files.some(({path, imports}) => path === 'kernel/libc.ts' && imports.includes('koffi')),
		'a made require',
	);
	t.true(
		files.some(({path, imports}) => path === 'cli/commands.ts' && imports.includes('cli/commands/init.ts')),
		'import()',
	);
});

for (const {from, never, because} of floorLaws) {
	test(`${from.join(', ')} never imports ${never.join(', ')}: ${because}`, t => {
		const broken = published
			.filter(({path}) => from.some(start => path.startsWith(start)))
			.flatMap(({path, imports}) =>
				imports
					.filter(name => never.some(folder => (folder.endsWith('/') ? name.startsWith(folder) : name === folder)))
					.map(name => `${path} imports ${name}`),
			);
		t.deepEqual(broken, []);
	});
}

for (const [library, allowed] of Object.entries(doors)) {
	test(`${library} has one door: only ${allowed.join(', ')} imports it, so that it can be replaced`, t => {
		const broken = published
			.filter(({imports}) => imports.includes(library))
			.filter(({path}) => !allowed.some(door => (door.endsWith('/') ? path.startsWith(door) : path === door)))
			.map(({path}) => path);
		t.deepEqual(broken, []);
	});
}

test('every library that the package imports has a door and is one of its dependencies, so that it runs where it is installed', t => {
	const shipped = {...manifest.dependencies, ...manifest.optionalDependencies};
	const libraries = published.flatMap(({path, imports}) =>
		imports
			.filter(name => /^[a-z@]/.test(name) && !name.includes('/') && !name.startsWith('node:'))
			.map(name => ({path, name})),
	);
	t.true(libraries.length > 5);
	t.deepEqual(
		libraries.filter(({name}) => !(name in shipped)),
		[],
	);
	t.deepEqual(
		libraries.filter(({name}) => !(name in doors)),
		[],
	);
});

test('core reads no clock and draws no lots: both come in as arguments', t => {
	const core = files.filter(({path}) => path.startsWith('core/'));
	t.true(core.length > 10);
	t.deepEqual(
		core
			.filter(({text}) => /\b(Date\.now|new Date\(\)|Math\.random|performance\.now|setTimeout|process\.)/.test(text))
			.map(({path}) => path),
		[],
	);
});

test('no file has over 250 lines: a longer one holds two things', t => {
	t.deepEqual(
		files.filter(({lines}) => lines > 250).map(({path, lines}) => `${path}: ${lines}`),
		[],
	);
});

test('folders are at most three deep: deeper ones hide what they hold', t => {
	t.deepEqual(
		files.filter(({path}) => path.split('/').length > 4).map(({path}) => path),
		[],
	);
});

test('files are kebab-case, and none is called utils, common, types or helpers: a name says what is in it', t => {
	const stems = files.map(({path}) => ({path, stem: basename(path).replace(/(\.(test|bench|d))?\.(ts|js|mjs)$/, '')}));
	const wrong = /^(utils?|common|types?|helpers?|misc|shared|manager|service|index)$/;
	t.deepEqual(
		stems.filter(({stem}) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(stem) || wrong.test(stem)).map(({path}) => path),
		[],
	);
});

test('exports have names: a default export is called differently by everyone', t => {
	t.deepEqual(
		published.filter(({text}) => /^export default\b/m.test(text)).map(({path}) => path),
		[],
	);
});

test('a relative import names a file that is there, with its ending: Node guesses none', t => {
	const relatives = published.flatMap(({path, imports}) =>
		imports
			.filter(name => name.includes('/') && !name.startsWith('node:') && !name.startsWith('@'))
			.map(name => ({path, name})),
	);
	t.true(relatives.length > 50);
	t.deepEqual(
		relatives.filter(({name}) => !existsSync(join(root, name))),
		[],
	);
});

test('importing a file of kernel has no effect: no native library, no descriptor, no handle, no listener', t => {
	const paths = files.map(({path}) => path).filter(path => path.startsWith('kernel/'));
	t.true(paths.length > 5);
	const {stdout, stderr, status} = spawnSync(
		process.execPath,
		['--no-warnings', '--input-type=module', '-e', watchImports, ...paths],
		{
			cwd: root,
			encoding: 'utf8',
			// Certificates that the environment names are read on a thread, whenever that gets to it.
			env: {PATH: process.env.PATH},
		},
	);
	t.is(status, 0, stderr);
	t.deepEqual(JSON.parse(stdout), []);
});

/** Run in a child: imports each file of its arguments and prints what changed by it. */
const watchImports = `
import {readdirSync, readFileSync, readlinkSync} from 'node:fs';
import {resolve} from 'node:path';
import {pathToFileURL} from 'node:url';
import {setImmediate as turn} from 'node:timers/promises';
// Node's own modules open what they open.
import 'node:child_process';
import 'node:crypto';
import 'node:http';
import 'node:net';
import 'node:zlib';
// Node opens eventfds of its own when it likes, and a socket of netlink is a socket.
const target = fd => { try { return readlinkSync('/proc/self/fd/' + fd).replace(/\\d+/g, ''); } catch { return ''; } };
const seen = () => ({
	natives: [...new Set(readFileSync('/proc/self/maps', 'utf8').match(/\\S+(\\.node|libnftables\\S*)$/gm) ?? [])],
	descriptors: readdirSync('/proc/self/fd').map(target).filter(name => !/^$|^anon_inode|^pipe|fd$/.test(name)).sort(),
	handles: process.getActiveResourcesInfo().filter(name => !/^(Immediate|PipeWrap|FSReq|CloseReq)/.test(name)).sort(),
	listeners: process.eventNames().length,
});
const effects = [];
let before = JSON.stringify(seen());
for (const path of process.argv.slice(1)) {
	await import(pathToFileURL(resolve(path)).href);
	await turn();
	const after = JSON.stringify(seen());
	if (after !== before) effects.push({path, before, after});
	before = after;
}
console.log(JSON.stringify(effects));
process.exit(0);
`;

for (const folder of folders) {
	test(`${folder}/ says in at most 60 lines of README what it is, what it may import and how to add to it`, t => {
		const readme = join(root, folder, 'README.md');
		t.true(existsSync(readme));
		t.true(readFileSync(readme, 'utf8').trimEnd().split('\n').length <= 60);
	});
}

test('the lock file names no registry, so that every machine uses its own', t => {
	t.notRegex(readFileSync(join(root, 'package-lock.json'), 'utf8'), /"resolved"/);
});

test('the package has about ten scripts, and each of them starts a program that is there', t => {
	const scripts = Object.entries(manifest.scripts!);
	t.true(scripts.length <= 12);
	const programs = scripts.flatMap(([name, text]) =>
		[...text.matchAll(/\bnode (\S+\.(?:mjs|ts))/g)].map(match => ({name, path: match[1]!})),
	);
	t.true(programs.length > 3);
	t.deepEqual(
		programs.filter(({path}) => !existsSync(join(root, path))),
		[],
	);
});

test('no template, catalogue or schema is lost on the way: all of them lie where the build looks', t => {
	const read = globSync('{core,kernel,topologies,enforcers,scenarios,lab,rehearsals,tui,workshop}/**/*', {
		cwd: root,
		withFileTypes: true,
	})
		.filter(entry => entry.isFile())
		.map(entry => entry.name);
	t.deepEqual(
		read.filter(name => !/\.(ts|md|njk|ya?ml|json|nft|txt)$/.test(name)),
		[],
	);
});
