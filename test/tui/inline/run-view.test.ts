import {readFileSync, writeFileSync} from 'node:fs';
import test from 'ava';
import stringWidth from 'string-width';
import {bar, plainLine, runLines} from '../../../tui/inline/run-view.ts';
import {isOver} from '../../../tui/inline/stage.ts';
import {textOf} from '../../../tui/line.ts';
import {about, acted, after, applied, attacking, booted, ended, probed, probing, started} from './run-events.ts';

const flat = about('flat');
const segmented = about('segmented');
const tight = [about('too-tight', 'thief', 'web-1.prod'), about('too-tight', 'thief', 'wiki.dev')] as const;

/** One after the other; the screen is looked at after each. */
const chapters = [
	[],
	[booted(), probing(912, 1824)],
	[...probed('flat', 1824, 1190), started(flat, 1200, 27), attacking(13, 3, 0)],
	[...acted(flat, 'sssffsssffsssffsssffsssffff'), ended(flat, 1620), applied('segmented', 1640), probing(1, 1824)],
	[...probed('segmented', 1824, 1800), started(segmented, 1810, 1027), attacking(714, 3, 711)],
	[attacking(1027, 3, 1024), ended(segmented, 2310, 'limit'), applied('too-tight', 2320), probing(0, 0)],
	[started(tight[0], 2400, 4, {number: 1, of: 2}), ...acted(tight[0], 'sddd'), ended(tight[0], 2450, 'goal')],
	[started(tight[1], 2460, null, {number: 2, of: 2}), attacking(2, 0, 1)],
	[...acted(tight[1], 'fd'), ended(tight[1], 2500)],
] as const;
const moments = chapters.map((_, at) => after(chapters.slice(0, at + 1).flat()));

const screen = (state: (typeof moments)[number], columns: number, rows = 24): readonly string[] =>
	runLines(state, {columns, rows, widthOf: stringWidth}, 1400).map(line => textOf(line).trimEnd());

const golden = (name: string, found: string, t: {is(a: string, b: string): void}): void => {
	const file = new URL(`../golden/${name}.txt`, import.meta.url);
	if (process.env.GOLDEN === 'rewrite') writeFileSync(file, found);
	t.is(found, readFileSync(file, 'utf8'));
};

for (const columns of [40, 60, 80, 120])
	test(`golden: a rehearsal fills in, at ${columns} columns`, t => {
		const found = moments.map(state => `${screen(state, columns).join('\n')}\n`).join('\n');
		golden(`rehearsal-${columns}`, found, t);
		t.deepEqual(
			found.split('\n').filter(line => stringWidth(line) >= columns),
			[],
		);
	});

test('golden: the same for a pipe, a line for each stage that is over', t => {
	const state = moments.at(-1)!;
	t.true(state.stages.every(isOver));
	golden('rehearsal-plain', state.stages.map(stage => `${plainLine(stage, state)}\n`).join(''), t);
});

test('where there are more stages than rows, the last of them are shown and the others counted', t => {
	const state = moments.at(-1)!;
	t.is(screen(state, 80).length, 5);
	t.deepEqual(screen(state, 80, 5), ['  … 3 before these', ...screen(state, 80).slice(-2)]);
	t.deepEqual(screen(state, 80, 1), screen(state, 80).slice(-1));
});

test('a stage that is over keeps its line', t => {
	const [lab, control] = screen(moments[2]!, 80);
	for (const state of moments.slice(3)) t.deepEqual(screen(state, 80).slice(0, 2), [lab, control]);
});

for (const [share, text] of [
	[0, '────'],
	[0.01, '────'],
	[0.125, '╸───'],
	[0.5, '━━──'],
	[0.625, '━━╸─'],
	[1, '━━━━'],
	[7, '━━━━'],
	[-1, '────'],
	[Number.NaN, '────'],
] as const)
	test(`${share} of four columns is ${text}`, t => {
		t.is(textOf(bar(share, 4)), text);
	});
