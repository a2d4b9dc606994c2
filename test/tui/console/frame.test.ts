import {readFileSync, writeFileSync} from 'node:fs';
import test from 'ava';
import stringWidth from 'string-width';
import {frame} from '../../../tui/console/frame.ts';
import type {ConsoleState} from '../../../tui/console/state.ts';
import {fold} from '../../../tui/console/world/fold.ts';
import type {World} from '../../../tui/console/world/world.ts';
import {textOf} from '../../../tui/line.ts';
import {opened, type Watched, watched} from './watched.ts';

const [segmented, flat, tight] = (await Promise.all(
	['segmented', 'flat', 'too-tight'].map(candidate => watched('shop', candidate)),
)) as [Watched, Watched, Watched];

const screen = (state: ConsoleState): readonly string[] => frame(state, stringWidth).map(textOf);
const after = ({world, probes, attack}: Watched, actions: number): World =>
	fold(world, [...probes, ...attack.slice(0, actions)]);
const text = (state: ConsoleState): string => screen(state).join('\n');

const chapters: readonly (readonly [title: string, world: World, rest: Partial<ConsoleState>])[] = [
	['nothing happened, nothing is probed', segmented.world, {fresh: true}],
	['an attack under way', after(segmented, 30), {chosen: 'api.dev'}],
	['everything falls', after(flat, 1000), {pane: 'flows', filter: 'by:attack to:db.prod', chosen: 'db.prod'}],
	[
		'two dependencies are broken',
		after(tight, 1000),
		{pane: 'log', chosen: 'worker.prod', said: {text: 'too-tight is in force', look: 'good'}},
	],
	['only ASCII', after(flat, 63), {ascii: true, attackPace: {paused: true, speed: 4}}],
	['one environment', after(flat, 63), {zoom: 'prod', chosen: 'db.prod', pane: 'explain'}],
	[
		'what is chosen from',
		after(segmented, 30),
		{overlay: {kind: 'choose', what: 'candidate', choice: 2, scenario: null}},
	],
	['help', after(segmented, 30), {overlay: {kind: 'help'}}],
	[
		'a filter that nobody understands',
		after(segmented, 30),
		{pane: 'flows', overlay: {kind: 'filter', text: 'deny form:web'}},
	],
];

for (const [columns, rows] of [
	[60, 20],
	[80, 24],
	[120, 40],
	[200, 60],
] as const)
	test(`golden: the console at ${columns} × ${rows}`, t => {
		const found = chapters
			.map(([title, world, rest]) => `${title}\n${text(opened(world, columns, rows, rest))}\n`)
			.join('\n');
		const file = new URL(`../golden/console-${columns}.txt`, import.meta.url);
		if (process.env.GOLDEN === 'rewrite') writeFileSync(file, found);
		t.is(found, readFileSync(file, 'utf8'));
	});

const gaugesOf = (state: ConsoleState): string => screen(state)[1]!;

test('a policy that contains everything by breaking something says both on one line', t => {
	const line = gaugesOf(opened(after(tight, 1000), 120, 40));
	t.regex(line, /lost .*2 of 20/);
	t.regex(line, /broken .*2 of 63/);
});

test('before anything is probed it is not said that nothing is broken', t => {
	const line = gaugesOf(opened(fold(segmented.world, segmented.attack), 120, 40));
	t.regex(line, /broken .*not probed yet/);
	t.notRegex(line, /broken .*none/);
});

test('both figures are on the narrowest screen', t => {
	t.regex(gaugesOf(opened(after(tight, 1000), 40, 10)), /lost 2\/20 .*broken 2\/63/);
});

for (const [columns, rows] of [
	[39, 24],
	[80, 9],
	[0, 0],
	[5, 1],
] as const)
	test(`${columns} × ${rows} is said to be too small, in exactly as many columns and rows`, t => {
		const lines = screen(opened(segmented.world, columns, rows));
		t.is(lines.length, rows);
		t.true(lines.every(line => stringWidth(line) === columns));
		if (columns > 30) t.true(lines.some(line => line.includes('40 × 10 at least')));
	});

test('a policy that observes is not said to be in force', t => {
	const {world} = segmented;
	const [line] = screen(opened({...world, policy: {...world.policy, observed: true}}, 80, 24));
	t.true(line!.includes('segmented observing'));
	t.false(line!.includes('in force'));
});

test('what the last key did stands in place of the keys', t => {
	const state = opened(segmented.world, 80, 24);
	const keys = screen(state)[22]!;
	const said = screen({...state, said: {text: 'there is no workload wbe', look: 'bad'}})[22]!;
	t.true(keys.includes('? help'));
	t.true(said.includes('✗ there is no workload wbe') && !said.includes('? help'));
});

test('what was chosen in the map is told below it: how it fell, what it holds, how often it was denied', t => {
	const line = screen(opened(after(segmented, 40), 200, 40, {chosen: 'api.dev'})).at(-3)!;
	t.regex(line, /api\.dev {2}pivot by T1210 from wiki\.dev · holds db-password@dev/);
});

test('every pane has its number among the tabs at any width, and the chosen one its name from 60 columns on', t => {
	for (const columns of [40, 60, 80, 100, 120, 200])
		for (const pane of ['timeline', 'explain', 'log'] as const) {
			const state = opened(segmented.world, columns, 24, {pane});
			const line = screen(state).find(one => one.includes('┤ ') && one.includes(' ├') && /[1-8]/.test(one)) ?? '';
			for (const number of '12345678') t.true(line.includes(number), `${columns} ${pane} ${number}: ${line}`);
			if (columns >= 60) t.true(line.includes(`${pane} ├`), `${columns}: ${line}`);
		}
});
