import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import test from 'ava';
import {openRecording} from '../../../cli/console/open-recording.ts';
import {sourceFiles} from '../../house/source-tree.ts';

const folder = mkdtempSync(join(tmpdir(), 'firebreak-open-'));
test.after.always(() => rmSync(folder, {recursive: true, force: true}));

async function told(name: string, text: string): Promise<string | null> {
	const path = join(mkdtempSync(join(folder, 'of-')), name);
	writeFileSync(path, text);
	const found = await openRecording(path);
	return found?.kind === 'wrong' ? found.problems.map(({what, mend}) => `${what} (${mend})`).join() : null;
}

for (const [name, text, what] of [
	['a.ndjson', '', /no recording: it is empty \(a recording begins with a line that has the schema/],
	['notes.txt', 'hello\n', /it is no rehearsal either, nor a file of Compose/],
	['a.pcapng', 'a\0b', /it is a binary file/],
	[
		'report.json',
		'{\n\t"schema": "firebreak/rehearsal/v1"',
		/a result of another command \(firebreak\/rehearsal\/v1\)/,
	],
	[
		'a.ndjson',
		'{"kind":"note","text":"x","atMs":1}\n',
		/events without the head of a recording.*--record FILE in place of/,
	],
	[
		'a.ndjson',
		'{"schema":"firebreak/recording/v2","lab":1}\n',
		/this recording is firebreak\/recording\/v2, and this release reads/,
	],
	['a.ndjson', '{"schema":"firebreak/recording/v1","lab":1}\n', /the head of this recording is not whole/],
] as const)
	test(`${name} with ${JSON.stringify(text.slice(0, 40))}: ${what.source}`, async t => {
		t.regex((await told(name, text)) ?? '', what);
	});

test('what a lab may be booted from is left to whoever boots it', async t => {
	t.is(await told('rehearsal.yaml', 'rehearsal: mine\n'), null);
	t.is(await told('compose.yaml', 'services: {}\n'), null);
	t.is(await openRecording(folder), null);
	t.is(await openRecording(join(folder, 'none')), null);
});

/** What is loaded before anything is called, by paths from the root. */
function loadedWith(path: string): ReadonlySet<string> {
	const texts = new Map(sourceFiles().map(file => [file.path, file.text]));
	const loaded = new Set<string>();
	const load = (file: string): void => {
		if (loaded.has(file)) return;
		loaded.add(file);
		for (const [, name] of (texts.get(file) ?? '').matchAll(/^(?:import|export)(?! type)[^;]*? from '([^']+)'/gm))
			load(name!.startsWith('.') ? join(dirname(file), name!) : name!);
	};
	load(path);
	return loaded;
}

test('the console comes to a recording without anything of Linux: no kernel, no lab, nothing that boots one', t => {
	const ofLinux = (files: ReadonlySet<string>): readonly string[] =>
		[...files].filter(
			file => /^(kernel|lab|rehearsals|topologies|enforcers|scenarios)\//.test(file) || file === 'koffi',
		);
	const console = loadedWith('cli/commands/console.ts');
	t.deepEqual(ofLinux(console), []);
	t.true(console.has('tui/console/player.ts') && console.has('core/recording/parse-recording.ts'));
	t.true(ofLinux(loadedWith('cli/console/boot-and-show.ts')).length > 20, 'and what boots one is seen to');
});
