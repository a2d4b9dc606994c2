import test from 'ava';
import {labRows} from '../../../cli/doctor/lab-trials.ts';
import {openFiles, trackedConnections} from '../../../cli/doctor/limits.ts';
import {mendOfNamespaces} from '../../../cli/doctor/namespaces.ts';
import {canRehearse, ok, type Row} from '../../../cli/doctor/row.ts';
import {doctorView} from '../../../cli/doctor/view.ts';
import type {TrialLine} from '../../../lab/trial.ts';

const missing = (name: string, needed: boolean): Row => ({
	name,
	state: 'missing',
	needed,
	found: 'no',
	off: 'a thing',
	mend: 'a command',
});

test('a machine can rehearse while nothing needed is missing, whatever else is', t => {
	t.true(canRehearse([ok('a', ''), missing('Docker', false)]));
	t.false(canRehearse([ok('a', ''), missing('nftables', true)]));
	t.false(canRehearse([{...missing('NFLOG', true), state: 'untried'}]));
	t.true(canRehearse([{...missing('open files', true), state: 'poor'}]));
});

test('the view says what is off and the mend below each row, and names what is missing at the end', t => {
	const view = doctorView([ok('Node', '24.1.0'), missing('nftables', true), missing('Docker', false)]);
	t.regex(view, / {2}✓ Node {6}24\.1\.0\n {2}✗ nftables {2}no\n\s+without it: a thing\n\s+mend: a command\n/);
	t.regex(view, /\n\nThis machine cannot run a lab: nftables\. .*--model-only\n$/);
	t.regex(view, /^ {2}○ Docker /m, 'a rehearsal needs no Docker');
	t.regex(doctorView([ok('Node', '24')]), /\n\nThis machine can rehearse/);
});

const locks: readonly {readonly sysctl: string; readonly value: string; readonly mend: RegExp}[] = [
	{sysctl: 'user/max_user_namespaces', value: '0', mend: /sysctl user\.max_user_namespaces=/},
	{sysctl: 'kernel/unprivileged_userns_clone', value: '0', mend: /sysctl kernel\.unprivileged_userns_clone=1/},
	{sysctl: 'kernel/apparmor_restrict_unprivileged_userns', value: '1', mend: /apparmor_restrict_unprivileged_userns=0/},
	{sysctl: 'kernel/apparmor_restrict_unprivileged_userns', value: '0', mend: /as root/},
];
for (const {sysctl, value, mend} of locks) {
	test(`where namespaces are refused and ${sysctl} is ${value}, the mend is ${mend.source}`, t => {
		t.regex(
			mendOfNamespaces(name => (name === sysctl ? value : undefined)),
			mend,
		);
	});
}

const line = (trial: TrialLine['trial'], succeeded: boolean, detail = 'as seen'): TrialLine => ({
	trial,
	ok: succeeded,
	detail,
});
const state = (rows: readonly Row[], name: string): string | undefined => rows.find(row => row.name === name)?.state;

test('a trial that failed is missing with what it said; what leans on it, and what had no turn, is untried', t => {
	const rows = labRows([line('native', true), line('ruleset', false, 'no library'), line('nflog', false)]);
	t.is(state(rows, 'native calls'), 'ok');
	t.is(state(rows, 'libnftables.so.1'), 'missing');
	t.is(rows.find(row => row.name === 'libnftables.so.1')?.found, 'no library');
	t.regex(rows.find(row => row.name === 'libnftables.so.1')?.mend ?? '', /nftables/);
	t.is(state(rows, 'NFLOG'), 'untried');
	t.is(state(rows, 'a nested one'), 'untried');
	t.false(canRehearse(rows));
});

const files: readonly (readonly [string, string, Row['state']])[] = [
	['1024', '1048576', 'ok'],
	['1024', 'unlimited', 'ok'],
	['1024', '4096', 'poor'],
	['256', '512', 'missing'],
];
for (const [soft, hard, expected] of files) {
	test(`an open files limit of ${soft}, at most ${hard}, is ${expected}`, t => {
		t.is(
			openFiles(`Max cpu time  unlimited unlimited seconds\nMax open files            ${soft}   ${hard}   files\n`)
				.state,
			expected,
		);
	});
}

test('a small table of connections is poor, an unknown one is not', t => {
	t.is(trackedConnections('8192').state, 'poor');
	t.is(trackedConnections('262144').state, 'ok');
	t.is(trackedConnections(undefined).state, 'ok');
});
