import {readFileSync, writeFileSync} from 'node:fs';
import test, {type ExecutionContext} from 'ava';
import stringWidth from 'string-width';
import {helpView} from '../../../tui/console/overlay/help-view.ts';
import {paletteView} from '../../../tui/console/palette/palette-view.ts';
import {planDraft} from '../../../tui/console/policy/plan-draft.ts';
import {policyView} from '../../../tui/console/policy/policy-view.ts';
import type {ConsoleState} from '../../../tui/console/state.ts';
import type {View} from '../../../tui/console/view.ts';
import {workloadView} from '../../../tui/console/workload/workload-view.ts';
import {fold} from '../../../tui/console/world/fold.ts';
import {textOf} from '../../../tui/line.ts';
import {onScreen} from './on-screen.ts';
import {applied, atTheEnd, midway, sources, start, stateOf, tightStory} from './shop-story.ts';

const screen = (view: View, state: ConsoleState, columns: number, rows: number): string =>
	`${onScreen(view, state, {columns, rows, widthOf: stringWidth})
		.map(line => line.trimEnd())
		.join('\n')
		.trimEnd()}\n`;

const golden = (t: ExecutionContext, name: string, found: string): void => {
	const file = new URL(`../golden/console-${name}.txt`, import.meta.url);
	if (process.env.GOLDEN === 'rewrite') writeFileSync(file, found);
	t.is(found, readFileSync(file, 'utf8'));
};

const tight = fold(start, tightStory);
const file = 'segmented.policy.yaml';
const text = sources.get(file)!;
const edited = (change: (text: string) => string) =>
	planDraft(atTheEnd, [{file, text: change(text)}], [`/shop/${file}`]);

/** At 80 × 24 the pane has all columns and few rows, at 120 × 40 some fifty, at 200 × 60 more. */
const boxes = [
	[80, 10],
	[52, 34],
	[90, 52],
] as const;

const all = (view: View, state: ConsoleState): string =>
	boxes
		.map(
			([columns, rows]) => `${`── ${columns} × ${rows} `.padEnd(columns, '─')}\n${screen(view, state, columns, rows)}`,
		)
		.join('\n');

for (const [name, view, state] of [
	['policy', policyView, stateOf(atTheEnd)],
	['policy-none', policyView, stateOf(midway)],
	['policy-without-source', policyView, stateOf({...atTheEnd, sources: new Map()}, {ascii: true})],
	[
		'policy-edit-wrong',
		policyView,
		stateOf(atTheEnd, {draft: edited(one => one.replace('tier: db }', 'tier: bd }').replace('[redis]', '[rediss]'))}),
	],
	[
		'policy-edit-changes',
		policyView,
		stateOf(atTheEnd, {
			draft: edited(one =>
				one
					.replace('{ tier: api, env: dev }', '{ tier: [api, db], env: dev }')
					.replace('on: [postgres]', 'on: [metrics]')
					.replace('on: [http]\n\n', 'on: [http, metrics]\n\n'),
			),
		}),
	],
	['workload-foothold', workloadView, stateOf(atTheEnd, {chosen: 'wiki.dev'})],
	['workload-fallen', workloadView, stateOf(atTheEnd, {chosen: 'api.dev'})],
	['workload-kind', workloadView, stateOf(atTheEnd, {chosen: 'web.prod', ascii: true})],
	['workload-broken', workloadView, stateOf(tight, {chosen: 'worker.prod'})],
	['workload-flat', workloadView, stateOf(midway, {chosen: 'db.prod'})],
	['workload-none', workloadView, stateOf(midway)],
] as const)
	test(`golden: ${name}`, t => golden(t, name, all(view, state)));

test('golden: the palette from its first letter to a whole line', t => {
	const lines = [
		'',
		'a',
		'attack ',
		'attack ransomware from wi',
		'attack ransomware from wiki.dev',
		'zoom pord',
		'quarentine',
		'reset',
		'quarantine db.prod',
	];
	const found = lines.map(text =>
		screen(paletteView, stateOf(atTheEnd, {overlay: {kind: 'palette', text, choice: text === 'a' ? 1 : -1}}), 100, 8),
	);
	golden(t, 'palette', found.join('\n'));
});

test('golden: help', t => {
	golden(
		t,
		'help',
		[
			screen(helpView, stateOf(start), 120, 56),
			screen(helpView, stateOf(start), 200, 40),
			screen(helpView, stateOf(start, {overlay: {kind: 'help', top: 20}}), 80, 20),
		].join('\n'),
	);
});

test('without characters beyond ASCII there are none but in names', t => {
	for (const state of [
		stateOf(atTheEnd, {chosen: 'api.dev'}),
		stateOf(start),
		stateOf(atTheEnd, {draft: edited(one => one.replace('[amqp]', '[http]'))}),
	])
		for (const overlay of [
			{kind: 'help'},
			{kind: 'palette', text: 'a', choice: -1},
			{kind: 'choose', what: 'foothold', choice: 2, scenario: null},
		] as const)
			for (const view of [policyView, workloadView, paletteView])
				t.notRegex(screen(view, {...state, overlay, ascii: true}, 60, 30), /[^\n -~]/);
});

test('the rule that decided last is lit for a second', t => {
	const lit = (state: ConsoleState) =>
		policyView(state, {columns: 90, rows: 70, widthOf: stringWidth})
			.filter(line => line.some(({look, text}) => look === 'chosen' && text.trim() !== ''))
			.map(line => textOf(line).trim());
	const {hits, lastRule, clockMs} = atTheEnd;
	const {lastMs} = hits.get(lastRule!)!;
	t.true(clockMs - lastMs < 1000);
	const now = lit(stateOf(atTheEnd));
	t.true(now.length > 0);
	t.regex(now[0]!, /▸/, 'and by a glyph');
	t.deepEqual(lit(stateOf({...atTheEnd, clockMs: lastMs + 1001})), []);
});

test('hits are those since the policy is in force, and every rule of it has its line', t => {
	const lines = screen(policyView, stateOf(atTheEnd), 120, 100).split('\n');
	for (const [id, {count}] of atTheEnd.hits) {
		if (id === 'none') continue;
		const {where, tier} = atTheEnd.policy.rules.get(id)!;
		const line = tier === 'default' ? lines.find(one => one.endsWith('default: deny')) : lines[where!.line + 1];
		t.regex(line!, new RegExp(`^ *${count} `), id);
	}
	const anew = screen(policyView, stateOf(fold(atTheEnd, [applied('segmented', 9000)])), 120, 100);
	t.regex(anew, /0 of 14 rules/);
});

test('followed, the pane keeps the rule in sight that decided last', t => {
	const state = stateOf(atTheEnd, {scrolls: {policy: {kind: 'follow'}}});
	for (const rows of [3, 8, 20]) t.regex(screen(policyView, state, 80, rows), /▸/);
});

test('an edit is compared with what is in force', t => {
	const none = edited(one => one);
	t.deepEqual([none.opened, none.closed, none.broken, none.problems], [[], [], [], []]);
	const {closed, broken, opened} = edited(one => one.replace('on: [amqp]', 'on: [metrics]'));
	t.deepEqual(closed, [
		'api.dev -> queue.dev:5672/tcp',
		'api.prod -> queue.prod:5672/tcp',
		'api.test -> queue.test:5672/tcp',
	]);
	t.deepEqual(broken, closed);
	t.deepEqual(opened, [
		'api.dev -> queue.dev:9100/tcp',
		'api.prod -> queue.prod:9100/tcp',
		'api.test -> queue.test:9100/tcp',
	]);
});

test('a secret is found once its holder is a pivot, and not by a session without a shell', t => {
	const fell = (state: 'pivot' | 'compromised') => {
		const fate = {state, foothold: false, from: 'wiki.dev', technique: 'T1021', atMs: 0, denied: 0} as const;
		return screen(workloadView, stateOf({...start, fates: new Map([['api.dev', fate]])}, {chosen: 'api.dev'}), 100, 40);
	};
	t.regex(fell('pivot'), /db-password@dev.*found by the attacker/);
	t.notRegex(fell('compromised'), /found by the attacker/);
	t.regex(fell('compromised'), /wiki\.dev ─T1021▸ api\.dev/);
});
