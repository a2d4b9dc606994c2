// What comes before anything is measured: images, a boot, services that are to answer. Who is waited for is named.
import {readFileSync, writeFileSync} from 'node:fs';
import test from 'ava';
import stringWidth from 'string-width';
import {asciiText} from '../../../tui/ascii-text.ts';
import type {Purpose, RunState} from '../../../tui/inline/run-state.ts';
import {plainLine, runLines} from '../../../tui/inline/run-view.ts';
import {slowWords} from '../../../tui/inline/slow-words.ts';
import {isOver} from '../../../tui/inline/stage.ts';
import {textOf} from '../../../tui/line.ts';
import {about, acted, after, attacking, booted, ended, probed, probing, started, step} from './run-events.ts';

type Chapter = readonly [nowMs: number, events: Parameters<typeof after>[0]];

const MB = 1e6;
const postgres = 'registry.example.org/postgres:16';

/** A lab of containers that stays. */
const up: readonly Chapter[] = [
	[100, [step('pull', postgres, [0, 0], 0)]],
	[2100, [step('pull', postgres, [56 * MB, 142 * MB], 2000)]],
	[5000, [step('pull', postgres, [142 * MB, 142 * MB], 4900), step('build', './web', [0, 0], 4950)]],
	[8000, [step('build', './web', [2, 7], 5900, 'RUN npm ci')]],
	[9000, [step('build', './web', [7, 7], 8900), step('boot', 'containers', [0, 4], 9000)]],
	[9400, [step('boot', 'containers started', [1, 4], 9300, 'db.prod', 'wiki.dev')]],
	[14_200, [step('boot', 'containers healthy', [3, 4], 11_000, 'db.prod')]],
	[14_300, [step('boot', 'rules and links', [0, 0], 14_250)]],
	[14_500, [booted(14_400), step('answer', 'services', [2, 5], 14_450, 'db.prod:5432/tcp', 'web-1.prod:80/tcp')]],
	[17_600, [step('answer', 'services', [4, 5], 17_000, 'db.prod:5432/tcp')]],
	[17_700, [step('answer', 'services', [5, 5], 17_650), step('apply', 'segmented', [0, 1], 17_660)]],
	[18_000, [step('apply', 'segmented', [1, 1], 17_990)]],
];

/** An attacker that takes longer than the one before, and than the model said. */
const long: readonly Chapter[] = [
	[1900, [booted(1000), ...probed('flat', 8, 1100), started(about('flat'), 1200, 27), ...acted(about('flat'), 'ssd')]],
	[2400, [ended(about('flat'), 1600), probing(1, 2), started(about('segmented'), 1700, 27), attacking(14, 3, 11)]],
	[5000, [attacking(714, 3, 711)]],
];

/** On a lab that is up there is nothing to boot. */
const alone: readonly Chapter[] = [
	[0, []],
	[300, [started(about('segmented'), 200, 27), attacking(14, 3, 11)]],
];

const moments = (chapters: readonly Chapter[], purpose: Purpose): readonly (readonly [number, RunState])[] =>
	chapters.map(([nowMs], at) => [
		nowMs,
		after(
			chapters.slice(0, at + 1).flatMap(([, events]) => events),
			undefined,
			purpose,
		),
	]);
const stories = {up: moments(up, 'stay'), long: moments(long, 'measure'), attack: moments(alone, 'attack')} as const;
const last = stories.up.at(-1)![1];

const screen = ([nowMs, state]: readonly [number, RunState], columns: number): string =>
	runLines(state, {columns, rows: 24, widthOf: stringWidth}, nowMs)
		.map(line => `${textOf(line).trimEnd()}\n`)
		.join('');

function golden(name: string, found: string, t: {is(a: string, b: string): void}): void {
	const file = new URL(`../golden/${name}.txt`, import.meta.url);
	if (process.env.GOLDEN === 'rewrite') writeFileSync(file, found);
	t.is(found, readFileSync(file, 'utf8'));
}

for (const [name, story] of Object.entries(stories))
	for (const columns of [40, 80, 120])
		test(`golden: ${name}, moment by moment, at ${columns} columns`, t => {
			const found = story.map(moment => screen(moment, columns)).join('\n');
			golden(`inline-${name}-${columns}`, found, t);
			t.deepEqual(
				found.split('\n').filter(line => stringWidth(line) >= columns),
				[],
			);
		});

test('golden: up without a character beyond ASCII', t => {
	const found = stories.up.map(moment => asciiText(screen(moment, 80))).join('\n');
	golden('inline-up-ascii', found, t);
	t.regex(found, /^[\n -~]*$/);
});

test('golden: up for a pipe', t => {
	t.true(last.stages.every(isOver));
	golden('inline-up-plain', last.stages.map(stage => `${plainLine(stage, last)}\n`).join(''), t);
});

test('what took its time is named when it is over, the slowest first', t => {
	t.deepEqual(slowWords(last), [
		'lab 5.40 s (db.prod after 4.95 s)',
		'image 4.90 s (pulled registry.example.org/postgres:16 · 142 MB)',
		'image 3.95 s (RUN npm ci after 3.00 s)',
	]);
});

test('who is waited for keeps the name and the time while others come and go', t => {
	const waits = (...names: readonly string[]) => step('answer', 'services', [1, 4], 5000, ...names);
	const first = step('answer', 'services', [1, 4], 2000, 'a', 'b');
	const at = (...events: Parameters<typeof after>[0]) =>
		screen([6000, after([first, ...events], undefined, 'stay')], 80).trim();
	t.regex(at(waits('a')), /waiting for a 4\.0 s/);
	t.regex(at(waits('c', 'a', 'b')), /waiting for a and 2 more 4\.0 s/);
	t.regex(at(waits('b')), /waiting for b 1\.0 s/);
	t.notRegex(at(waits()), /waiting/);
});

test('a wait of a moment has no name', t => {
	const state = after([step('answer', 'services', [1, 4], 2000, 'a')], undefined, 'stay');
	t.notRegex(screen([2500, state], 80), /waiting/);
});

test('what is told of a boot that is over changes nothing, and neither does what nobody knows', t => {
	const state = after([booted(1000), probing(1, 2)]);
	for (const late of [step('boot', 'namespaces', [1, 2], 2000), step('else', 'x', [1, 2], 2000)])
		t.deepEqual(after([booted(1000), probing(1, 2), late]), state);
});

test('in a lab that stays nothing is probed, whatever policy comes into force', t => {
	const state = after([booted(1000), {kind: 'policy-applied', candidate: 'x', applyMs: 1, atMs: 1100}], [], 'stay');
	t.deepEqual(
		state.stages.map(({kind}) => kind),
		['lab'],
	);
});
