import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test from 'ava';
import {root} from '../house/source-tree.ts';

interface Case {
	readonly what: string;
	readonly runs: readonly (readonly [tap: string, exitCode: number])[];
	readonly line: string;
	readonly code: number;
}
const cases: readonly Case[] = [
	{
		what: 'two green runs',
		runs: [
			['ok 1 - a\nok 2 - b\n', 0],
			['ok 1 - a\n', 0],
		],
		line: '3 passed, 0 failed, 0 skipped',
		code: 0,
	},
	{
		what: 'a failed test',
		runs: [
			['ok 1 - a\nnot ok 2 - b\n', 1],
			['ok 1 - a\n', 0],
		],
		line: '2 passed, 1 failed, 0 skipped',
		code: 1,
	},
	{
		what: 'a skipped test',
		runs: [['ok 1 - a\nok 2 - b # SKIP no client\nnot ok 3 - c # TODO\n', 0]],
		line: '1 passed, 0 failed, 2 skipped',
		code: 0,
	},
	{
		what: 'a title that mentions a skip',
		runs: [['ok 1 - what is \\# skip here\n', 0]],
		line: '1 passed, 0 failed, 0 skipped',
		code: 0,
	},
	{
		what: 'lines that are no tests',
		runs: [['TAP version 13\n# not ok\n  not ok inside\nokay\nok 1 - a\n1..1\n', 0]],
		line: '1 passed, 0 failed, 0 skipped',
		code: 0,
	},
	{what: 'a run that died', runs: [['ok 1 - a\n', 70]], line: '1 passed, 1 failed, 0 skipped', code: 1},
	{
		what: 'a run without a test',
		runs: [
			['ok 1 - a\n', 0],
			['TAP version 13\n1..0\n', 0],
		],
		line: '1 passed, 1 failed, 0 skipped',
		code: 1,
	},
	{what: 'no run at all', runs: [], line: '0 passed, 0 failed, 0 skipped', code: 1},
];
for (const {what, runs, line, code} of cases) {
	test(`${what} counts as ${line}, exit ${code}`, t => {
		const folder = mkdtempSync(join(tmpdir(), 'firebreak-tap-'));
		try {
			const words = runs.map(([tap, exitCode], at) => {
				writeFileSync(join(folder, `${at}.tap`), tap);
				return `${join(folder, `${at}.tap`)}=${exitCode}`;
			});
			const {stdout, status} = spawnSync(process.execPath, [join(root, 'scripts/count-tap.mjs'), ...words], {
				encoding: 'utf8',
			});
			t.deepEqual([stdout, status], [`${line}\n`, code]);
		} finally {
			rmSync(folder, {recursive: true});
		}
	});
}
