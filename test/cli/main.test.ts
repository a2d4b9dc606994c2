import {spawnSync} from 'node:child_process';
import {join} from 'node:path';
import test from 'ava';
import {commands} from '../../cli/commands.ts';
import {runWords} from '../../cli/main.ts';
import {root} from '../house/source-tree.ts';
import {capturedIo} from './captured-io.ts';

const main = join(root, 'cli/main.ts');

test('every way to ask for help gives the overview on stdout and passes', async t => {
	for (const words of [[], ['--help'], ['-h'], ['help']]) {
		const io = capturedIo();
		t.is(await runWords(words, io), 0, words.join(' '));
		t.is(io.stderr, '');
		for (const {name} of commands) t.true(io.stdout.includes(`  ${name}`), name);
		t.regex(io.stdout, /firebreak rehearse shop\b/);
		t.regex(io.stdout, /\n +130 +interrupted\n/);
	}
});

test('the overview fits a terminal of 120 columns', async t => {
	const io = capturedIo();
	await runWords(['--help'], io);
	t.deepEqual(
		io.stdout.split('\n').filter(line => line.length > 120),
		[],
	);
});

for (const {name} of commands) {
	test(`${name} --help names every option and has an example that starts with firebreak ${name}`, async t => {
		const io = capturedIo();
		t.is(await runWords([name, '--help'], io), 0);
		t.true(io.stdout.includes(`firebreak ${name}`) && io.stdout.includes('Examples:'), io.stdout);
		const byHelp = capturedIo();
		await runWords(['help', name], byHelp);
		t.is(byHelp.stdout, io.stdout);
	});
}

const wrong: readonly {readonly words: readonly string[]; readonly says: RegExp}[] = [
	{words: ['rehaerse', 'shop'], says: /there is no command "rehaerse"\n {2}mend: did you mean rehearse\?/},
	{words: ['xyzzy'], says: /there is no command "xyzzy"\n {2}mend: known: rehearse, init/},
	{words: ['\u001b[2J'], says: /there is no command "\\u001b\[2J"/},
	{words: ['doctor', '--formt', 'json'], says: /unknown argument: formt\n {2}mend: did you mean --format\?/},
	{words: ['doctor', '--format', 'xml'], says: /format, Given: "xml", Choices: "text", "json"/},
	{words: ['check', 'a', 'b'], says: /unknown argument: b/},
];
for (const {words, says} of wrong) {
	test(`firebreak ${JSON.stringify(words)} ends with 2, prints no result, and says what was meant`, async t => {
		const io = capturedIo();
		t.is(await runWords(words, io), 2);
		t.is(io.stdout, '');
		t.regex(io.stderr, says);
	});
}

test('--version is the version of package.json', async t => {
	const io = capturedIo();
	t.is(await runWords(['--version'], io), 0);
	t.regex(io.stdout, /^\d+\.\d+\.\d+\n$/);
});

test('the overview loads no library', t => {
	const watch = `data:text/javascript,import{registerHooks}from'node:module';registerHooks({load(url,context,next){if(url.includes('node_modules'))console.error(url);return next(url,context)}})`;
	const watched = spawnSync(process.execPath, ['--import', watch, main, '--help'], {encoding: 'utf8'});
	t.is(watched.stderr, '');
	t.true(watched.stdout.length > 500);
});

test('a reader that goes away ends the command quietly', t => {
	const {stderr} = spawnSync('sh', ['-c', `"${process.execPath}" "${main}" --help | head -n 1`], {encoding: 'utf8'});
	t.is(stderr, '');
});
