import {spawn} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import test from 'ava';
import {isStatic} from '../../../topologies/docker/minimal-image.ts';
import {pauseProgram} from '../../../topologies/docker/pause-program.ts';

const own = process.arch === 'x64' || process.arch === 'arm64' ? process.arch : null;

test('both machines have a static program of under 300 bytes', t => {
	for (const machine of ['x64', 'arm64'] as const) {
		const program = pauseProgram(machine);
		t.true(program.length < 300);
		t.true(isStatic(program));
	}
});

test('a program that needs a loader is not static, and what is no program neither', t => {
	t.false(isStatic(readFileSync(process.execPath)));
	t.false(isStatic(Buffer.from('#!/bin/sh\n')));
	t.false(isStatic(Buffer.alloc(0)));
});

(own === null ? test.skip : test)('it waits, ignores the end of its children, and ends when it is told to', async t => {
	const folder = mkdtempSync(join(tmpdir(), 'pause-'));
	t.teardown(() => rmSync(folder, {recursive: true}));
	const path = join(folder, 'pause');
	writeFileSync(path, pauseProgram(own!), {mode: 0o755});
	const child = spawn(path, {stdio: 'ignore'});
	t.teardown(() => child.kill('SIGKILL'));
	const ended = new Promise(resolve => child.once('exit', (_, signal) => resolve(signal)));
	const ignored = (): bigint =>
		BigInt(`0x${/SigIgn:\s*(\w+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))![1]}`);
	for (let tries = 0; tries < 100 && (ignored() & (1n << 16n)) === 0n; tries++) await wait(20);
	t.is(ignored() & (1n << 16n), 1n << 16n, 'SIGCHLD is 17');
	t.is(readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(' ')[2], 'S');
	child.kill('SIGTERM');
	t.is(await ended, 'SIGTERM');
});
