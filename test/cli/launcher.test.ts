// The launcher under a Node that is too old: a copy of it that wants Node 99, beside a Node that is a script.
import {spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import {chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import test from 'ava';
import {root} from '../house/source-tree.ts';

function oldMachine(newer: string | null): {readonly launcher: string} & Disposable {
	const folder = mkdtempSync(join(tmpdir(), 'firebreak-launcher-'));
	const home = join(folder, 'node_modules/firebreak');
	mkdirSync(join(home, 'bin'), {recursive: true});
	const launcher = join(home, 'bin/firebreak.js');
	writeFileSync(join(home, 'package.json'), '{"type":"module"}');
	writeFileSync(launcher, readFileSync(join(root, 'bin/firebreak.js'), 'utf8').replace('oldest = 24', 'oldest = 99'));
	if (newer !== null) {
		mkdirSync(join(folder, 'node_modules/node/bin'), {recursive: true});
		writeFileSync(join(folder, 'node_modules/node/bin/node'), newer);
		chmodSync(join(folder, 'node_modules/node/bin/node'), 0o755);
	}
	return {launcher, [Symbol.dispose]: () => rmSync(folder, {recursive: true})};
}

test('under an older Node the program runs under the Node of the nearest node_modules, with the same words and exit code', t => {
	using machine = oldMachine('#!/bin/sh\necho "$@"\nexit 4\n');
	const {status, stdout, stderr} = spawnSync(process.execPath, [machine.launcher, 'rehearse', 'a b'], {
		encoding: 'utf8',
	});
	t.is(status, 4, stderr);
	t.regex(stdout, /\/firebreak\/dist\/cli\/main\.js rehearse a b\n$/);
});

test('where there is none, it is one line, the mend, and exit 3', t => {
	using machine = oldMachine(null);
	const {status, stdout, stderr} = spawnSync(process.execPath, [machine.launcher, '--help'], {encoding: 'utf8'});
	t.is(status, 3);
	t.is(stdout, '');
	t.regex(stderr, /^firebreak needs Node 99 or later, and this is [\d.]+\n {2}mend: npm install node@99\n$/);
});

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
	test(`${signal} to the launcher reaches the program, and the exit code is the program's`, async t => {
		using machine = oldMachine(
			'#!/bin/sh\ntrap "exit 130" TERM INT\necho up\nfor i in $(seq 400); do sleep 0.05; done\n',
		);
		const child = spawn(process.execPath, [machine.launcher], {stdio: ['ignore', 'pipe', 'inherit']});
		await once(child.stdout, 'data');
		child.kill(signal);
		const [code] = await once(child, 'exit');
		t.is(code, 130);
	});
}

test('in a clone the launcher runs the sources, under any Node that is new enough', t => {
	const {status, stdout} = spawnSync(process.execPath, [join(root, 'bin/firebreak.js'), '--version'], {
		encoding: 'utf8',
	});
	t.is(status, 0);
	t.regex(stdout, /^\d+\.\d+\.\d+\n$/);
});

test('the program ends when the launcher is killed, and cannot be told', async t => {
	const waits = `const {endWithParent} = await import(${JSON.stringify(join(root, 'cli/main.ts'))}); endWithParent(); console.log(process.pid); setInterval(() => {}, 1000)`;
	using machine = oldMachine(`#!/bin/sh\nexec "${process.execPath}" --input-type=module -e '${waits}'\n`);
	const child = spawn(process.execPath, [machine.launcher], {stdio: ['ignore', 'pipe', 'inherit']});
	const [pid] = await once(child.stdout, 'data');
	child.kill('SIGKILL');
	const deadline = performance.now() + 2000;
	while (runs(Number(pid)) && performance.now() < deadline) await wait(10);
	t.false(runs(Number(pid)));
});

/** True while the process runs; one that ended and waits to be collected does not. */
const runs = (pid: number): boolean => {
	const stat = `/proc/${pid}/stat`;
	return existsSync(stat) && !/^\d+ \(.*\) Z/.test(readFileSync(stat, 'utf8'));
};
