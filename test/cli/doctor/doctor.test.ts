// The doctor on the machine that runs the tests, and on one where things are taken away.
import {spawnSync} from 'node:child_process';
import {chmodSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:http';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test from 'ava';
import {tryDocker} from '../../../cli/doctor/docker.ts';
import type {Row} from '../../../cli/doctor/row.ts';
import {root} from '../../house/source-tree.ts';

const main = join(root, 'cli/main.ts');
interface Examined {
	readonly able: boolean;
	readonly rows: readonly Row[];
}
function doctor(words: readonly string[] = []): {readonly code: number | null; readonly said: Examined} {
	const [program, ...rest] = [...words, process.execPath, main, 'doctor', '--format', 'json'];
	const {status, stdout} = spawnSync(program!, rest, {encoding: 'utf8'});
	return {code: status, said: JSON.parse(stdout) as Examined};
}
const row = ({rows}: Examined, name: string): Row => rows.find(candidate => candidate.name === name)!;

test('every row of the issue is there, each failing one has a mend, and the exit code says whether a lab can run', t => {
	const {code, said} = doctor();
	const names = said.rows.map(({name}) => name);
	for (const name of [
		'Node',
		'user namespaces',
		'a nested one',
		'nftables',
		'libnftables.so.1',
		'NFLOG',
		'raw sockets',
		'open files',
		'tracked connections',
		'cgroups',
		'Docker',
	])
		t.true(names.includes(name), name);
	for (const {name, state, mend, off} of said.rows) {
		t.is(mend !== '', state === 'missing' || state === 'poor', name);
		t.is(off !== '', state === 'missing' || state === 'poor', name);
	}
	t.is(code, said.able ? 0 : 3);
});

test('where no network namespace may be made, the doctor ends with 3 and names the sysctl', t => {
	const forbid = 'echo 0 > /proc/sys/user/max_net_namespaces && exec "$@"';
	if (spawnSync('unshare', ['-r', 'true']).status !== 0) return t.pass('this machine forbids user namespaces itself');
	const {code, said} = doctor(['unshare', '-r', 'sh', '-c', forbid, 'sh']);
	t.is(code, 3);
	t.regex(row(said, 'user namespaces').mend, /user\.max_net_namespaces/);
	t.is(row(said, 'NFLOG').state, 'untried');
});

test('another program that is called nft is not taken for nftables', t => {
	const folder = mkdtempSync(join(tmpdir(), 'firebreak-nft-'));
	try {
		writeFileSync(join(folder, 'nft'), '#!/bin/sh\necho "another nft 1.2.3"\n');
		chmodSync(join(folder, 'nft'), 0o755);
		const {said} = doctor(['env', `PATH=${folder}:${join(root, 'node_modules/.bin')}:/usr/bin:/bin`]);
		t.notRegex(row(said, 'nftables').found, /1\.2\.3|node_modules/);
		t.false(row(said, 'nftables').found.includes(folder));
	} finally {
		rmSync(folder, {recursive: true});
	}
});

test('Docker is there when an engine answers on its socket, and serves labs only for root', async t => {
	const folder = mkdtempSync(join(tmpdir(), 'firebreak-docker-'));
	const socket = join(folder, 'docker.sock');
	const server = createServer((_, response) => response.end('{"Version":"20.10.24"}')).listen(socket);
	try {
		t.regex((await tryDocker(true, `unix://${socket}`)).found, /^20\.10\.24 answers/);
		t.is((await tryDocker(true, `unix://${socket}`)).state, 'ok');
		t.is((await tryDocker(false, `unix://${socket}`)).state, 'poor');
		t.is((await tryDocker(true, `unix://${socket}.none`)).state, 'missing');
		t.regex((await tryDocker(true, `unix://${socket}.none`)).found, /there is no Docker here/);
	} finally {
		server.close();
		rmSync(folder, {recursive: true});
	}
});
