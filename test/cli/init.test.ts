import {existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join, resolve} from 'node:path';
import test from 'ava';
import {invocation} from '../../cli/invocation.ts';
import {loadOptions} from '../../cli/load-options.ts';
import {runWords} from '../../cli/main.ts';
import {loadRehearsal} from '../../rehearsals/load.ts';
import {root} from '../house/source-tree.ts';
import {capturedIo} from './captured-io.ts';

const withFolder = async (body: (folder: string) => Promise<void>): Promise<void> => {
	const folder = mkdtempSync(join(tmpdir(), 'firebreak-init-'));
	try {
		await body(folder);
	} finally {
		rmSync(folder, {recursive: true});
	}
};

test('what init writes is a rehearsal without a problem or a warning, with a jewel to lose and a dependency to break', t =>
	withFolder(async folder => {
		const target = join(folder, 'made', 'deep');
		const io = capturedIo();
		t.is(await runWords(['init', target], io), 0);
		t.true(io.stdout.endsWith(`now: ${invocation(process.env)} rehearse ${target}\n`));
		const loaded = await loadRehearsal(target, loadOptions());
		if (loaded.kind === 'wrong') return t.fail(JSON.stringify(loaded.problems));
		t.deepEqual(loaded.warnings, []);
		const {name, topology, candidates, expectations} = loaded.value;
		t.is(name, 'deep');
		t.true(topology.workloads.some(workload => workload.jewel));
		t.true(topology.dependencies.length >= 4 && topology.dependencies.every(({dangling}) => !dangling));
		t.is(candidates[0]?.name, 'flat');
		t.true(expectations.length > 0);
		const checked = capturedIo();
		t.is(await runWords(['check', target], checked), 0);
		t.regex(checked.stdout, /no problem in 4 files/);
	}));

test('a file that is there is never overwritten, and then nothing at all is written', t =>
	withFolder(async folder => {
		writeFileSync(join(folder, 'rehearsal.yaml'), 'mine');
		const io = capturedIo();
		t.is(await runWords(['init', folder], io), 2);
		t.regex(io.stderr, /already has rehearsal\.yaml: nothing was written/);
		t.deepEqual(readdirSync(folder), ['rehearsal.yaml']);
		t.is(readFileSync(join(folder, 'rehearsal.yaml'), 'utf8'), 'mine');
	}));

test('a folder that cannot be made is exit 3 with a mend', t =>
	withFolder(async folder => {
		writeFileSync(join(folder, 'file'), '');
		const io = capturedIo();
		t.is(await runWords(['init', join(folder, 'file', 'below')], io), 3);
		t.regex(io.stderr, /\/file\/below cannot be written: ENOTDIR.*\n {2}mend: /);
	}));

test('each file names the schema that an editor finds from where the file lies', t =>
	withFolder(async folder => {
		await runWords(['init', folder], capturedIo());
		for (const file of readdirSync(folder)) {
			const named = /^# yaml-language-server: \$schema=(\S+)$/m.exec(readFileSync(join(folder, file), 'utf8'))?.[1];
			const schema = resolve(folder, named ?? '');
			t.is(dirname(schema), join(root, 'schemas'), file);
			t.true(existsSync(schema), schema);
		}
	}));

for (const [folder, name] of [
	['my-prod', 'my-prod'],
	['null', 'starter'],
	['2026.11 roll-out', 'starter'],
] as const)
	test(`in a folder called ${folder} the rehearsal is called ${name}, and nothing is wrong with it`, t =>
		withFolder(async parent => {
			const target = join(parent, folder);
			t.is(await runWords(['init', target], capturedIo()), 0);
			const loaded = await loadRehearsal(target, loadOptions());
			t.is(loaded.kind === 'ok' ? loaded.value.name : loaded, name);
		}));

test('by npx it says what to type with npx, since nothing else finds firebreak then', t => {
	t.is(invocation({npm_command: 'exec'}), 'npx firebreak');
	t.is(invocation({npm_command: 'test'}), 'firebreak');
	t.is(invocation({}), 'firebreak');
});
