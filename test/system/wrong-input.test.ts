// Wrong input, as files on a disk: exit 2, every problem at its place, quickly, and nothing is booted.
import {chmodSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test from 'ava';
import {firebreak, starter} from './firebreak.ts';

/** Processor time: on a machine with nothing else to do the whole command is under one second; here others may be busy. */
const mostMs = 2000;
const topology = 'two-tier.topology.yaml';
const policy = 'segmented.policy.yaml';
type Edit = readonly [file: string, before: string, after: string];

interface Case {
	readonly title: string;
	readonly edits: readonly Edit[];
	/** Where, and how what is said begins. What follows from it may be said too. */
	readonly problems: readonly string[];
}
const cases: readonly Case[] = [
	{
		title: 'a text where a number belongs',
		edits: [[topology, 'port: 5432', 'port: [5432]']],
		problems: [`${topology}:23:25: port is a list`],
	},
	{
		title: 'a label that no workload has',
		edits: [[policy, 'to: { tier: db }', 'to: { tier: bd }']],
		problems: [`${policy}:8:11: no workload has the label tier=bd (did you mean db?)`],
	},
	{
		title: 'a workload that is not there',
		edits: [[topology, 'needs: [db:postgres]', 'needs: [dbb:postgres]']],
		problems: [`${topology}:15:13: there is no workload dbb (did you mean db?)`],
	},
	{
		title: 'a name given twice',
		edits: [[topology, '  db:\n    in: [prod, dev]', '  web:\n    in: [prod, dev]']],
		problems: [`${topology}:17:3: the key "web" stands twice`],
	},
	{
		title: 'networks that overlap',
		edits: [[topology, 'networks:', 'networks:\n  other: { cidr: 198.18.0.32/27 }']],
		problems: [`${topology}:7:16: network app, 198.18.0.0/26, overlaps network other`],
	},
	{
		title: 'a workload that needs itself',
		edits: [[topology, 'needs: [db:postgres]', 'needs: [web:https]']],
		problems: [`${topology}:15:13: web needs itself`],
	},
	{
		title: 'a tab for an indent',
		edits: [[policy, '  - allow: web reads its database', '\t- allow: web reads its database']],
		problems: [`${policy}:6:1: not YAML: Tabs are not allowed`],
	},
	{
		title: 'wrong things in four files at once',
		edits: [
			[topology, 'port: 5432', 'port: 70000'],
			[topology, 'holds: [deploy-key]', 'holds: [deploy-kay]'],
			[policy, 'default: deny', 'default: denied'],
			['rehearsal.yaml', 'jewelsReached: 0', 'jewelsReached: many'],
			['intruder.scenario.yaml', 'strategy: worm', 'strategy: warm'],
		],
		problems: [
			'intruder.scenario.yaml:7:11: ',
			'rehearsal.yaml:11:20: ',
			`${policy}:4:10: `,
			`${topology}:23:25: "70000" is not a port`,
			`${topology}:31:13: there is no secret deploy-kay`,
		],
	},
];

interface Shop {
	readonly folder: string;
	readonly booted: () => boolean;
	readonly env: Readonly<Record<string, string>>;
}

/** A copy of the starter, and a PATH on which whatever would boot a lab leaves a mark instead. */
function shop(): Shop {
	const folder = mkdtempSync(join(tmpdir(), 'wrong-'));
	const mark = join(folder, 'booted');
	cpSync(starter, join(folder, 'in'), {recursive: true});
	writeFileSync(join(folder, 'unshare'), `#!/bin/sh\n: > ${mark}\n`);
	chmodSync(join(folder, 'unshare'), 0o755);
	return {folder, booted: () => existsSync(mark), env: {PATH: `${folder}:${process.env.PATH}`}};
}

/** Runs it there, and gives its processor time instead of a clock's: `times` of the shell, on the last two lines. */
async function rehearse(cwd: string, env: Shop['env']) {
	const under = ['sh', '-c', '"$@"; code=$?; times >&2; exit $code', 'sh'];
	const {error, ...ended} = await firebreak(['rehearse', '.'], {cwd, env, under});
	const lines = error.trimEnd().split('\n');
	const seconds = [...(lines.at(-1) ?? '').matchAll(/(\d+)m([\d.]+)s/g)].map(([, m, s]) => Number(m) * 60 + Number(s));
	const ms = 1000 * seconds.reduce((sum, one) => sum + one, 0);
	return {...ended, error: lines.slice(0, -2).join('\n'), ms};
}

const placesOf = (error: string): readonly string[] => error.match(/^[^\s:]+:\d+:\d+(?=: )/gm) ?? [];

for (const {title, edits, problems} of cases) {
	test.serial(`${title}: exit 2, with its place, and nothing is booted`, async t => {
		const {folder, booted, env} = shop();
		t.teardown(() => rmSync(folder, {recursive: true}));
		const cwd = join(folder, 'in');
		for (const [file, before, after] of edits) {
			const text = readFileSync(join(cwd, file), 'utf8');
			t.true(text.includes(before), `${file} has ${before}`);
			writeFileSync(join(cwd, file), text.replace(before, after));
		}
		const {code, out, error, ms} = await rehearse(cwd, env);
		t.log(`${Math.round(ms)} ms`);
		t.is(code, 2, error);
		t.is(out, '');
		const lines = error.trim().split('\n');
		const said = lines.slice(0, -2);
		for (const start of problems) {
			const line = said.find(one => one.startsWith(start));
			t.regex(line ?? '', /\(.+\)$/, `${start} … with a mend, in:\n${error}`);
		}
		t.is(placesOf(error).length, said.length, 'each line has its place');
		t.is(lines.at(-1), `${said.length} problem${said.length === 1 ? '' : 's'}, nothing was booted`);
		t.false(booted());
		t.true(ms > 0 && ms < mostMs, `${ms} ms`);
	});
}

/** Whole files that are no file of ours, each in one place or more. */
const contents: readonly (readonly [title: string, bytes: Buffer, ...files: string[]])[] = [
	['a binary file', Buffer.from(Array.from({length: 4096}, (_, at) => (at * 167 + 13) & 255)), topology],
	['a program', readFileSync(process.execPath).subarray(0, 1 << 20), policy],
	['10 MB of brackets', Buffer.alloc(10 << 20, '['), topology, policy, 'rehearsal.yaml'],
	['10 MB of nested maps', Buffer.from('{a: '.repeat((10 << 20) / 4)), 'intruder.scenario.yaml'],
	[
		'a billion nodes in thirty aliases',
		Buffer.from(
			`a: &a0 [x, x]\n${Array.from({length: 30}, (_, at) => `b${at}: &a${at + 1} [*a${at}, *a${at}]`).join('\n')}\n`,
		),
		topology,
	],
	['nothing at all', Buffer.alloc(0), policy],
];
for (const [title, bytes, ...files] of contents) {
	for (const file of files) {
		test.serial(`${title} as ${file}: exit 2, with its place, and nothing is booted`, async t => {
			const {folder, booted, env} = shop();
			t.teardown(() => rmSync(folder, {recursive: true}));
			const cwd = join(folder, 'in');
			writeFileSync(join(cwd, file), bytes);
			const {code, out, error, ms} = await rehearse(cwd, env);
			t.log(`${Math.round(ms)} ms`);
			t.is(code, 2, error.slice(0, 1000));
			t.is(out, '');
			t.true(
				placesOf(error).some(place => place.startsWith(`${file}:`)),
				error.slice(0, 1000),
			);
			t.true(error.length < 20_000, 'a person can read it');
			t.false(/[^\n\x20-\x7e\u00a0-\uffff]/.test(error), 'nothing that a terminal would obey');
			t.regex(error, /nothing was booted/);
			t.false(booted());
			t.true(ms > 0 && ms < mostMs, `${ms} ms`);
		});
	}
}

test.serial('the starter as it is does boot, so that the mark is one', async t => {
	const {folder, booted, env} = shop();
	t.teardown(() => rmSync(folder, {recursive: true}));
	const {code} = await firebreak(['rehearse', '.'], {cwd: join(folder, 'in'), env});
	t.not(code, 2);
	t.true(booted());
});
