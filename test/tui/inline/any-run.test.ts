// Whatever a recording holds and whatever people call their things: the view stays within its sheet.

import test from 'ava';
import fc from 'fast-check';
import stringWidth from 'string-width';
import type {LabEvent} from '../../../core/contracts/event.ts';
import {asciiText} from '../../../tui/ascii-text.ts';
import type {Purpose} from '../../../tui/inline/run-state.ts';
import {plainLine, runLines} from '../../../tui/inline/run-view.ts';
import {slowWords} from '../../../tui/inline/slow-words.ts';
import {clip, shown, span, textOf} from '../../../tui/line.ts';
import {hostileWords} from '../../builders/hostile-words.ts';
import {about, acted, after, applied, attacking, booted, ended, probed, probing, started, step} from './run-events.ts';

const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);

const word = fc.oneof(
	fc.constantFrom('flat', 'zones', ...hostileWords),
	fc.string({unit: 'binary', maxLength: 40}),
	fc.string({unit: 'grapheme', maxLength: 40}),
);
const number = fc.oneof(fc.nat(5000), fc.double(), fc.constantFrom(-1, 1e21, Number.MAX_SAFE_INTEGER));

const eventsOf = (names: readonly string[]): fc.Arbitrary<readonly LabEvent[]> => {
	const who = fc.tuple(fc.constantFrom(...names), fc.constantFrom(...names)).map(([a, b]) => about(a, b));
	const one: fc.Arbitrary<readonly LabEvent[]> = fc.oneof(
		number.map(atMs => [booted(atMs)]),
		fc.tuple(fc.constantFrom(...names), number).map(([name, atMs]) => [applied(name, atMs)]),
		fc.tuple(number, number).map(([done, total]) => [probing(done, total)]),
		fc.tuple(fc.constantFrom(...names), fc.nat(3), number).map(([name, flows, atMs]) => probed(name, flows, atMs)),
		fc
			.tuple(who, number, fc.option(number), number, number)
			.map(([about, atMs, expected, at, of]) => [started(about, atMs, expected, {number: at, of})]),
		fc.tuple(number, number, number).map(([done, entered, denied]) => [attacking(done, entered, denied)]),
		fc
			.tuple(
				fc.constantFrom('pull', 'build', 'boot', 'answer', 'apply', 'other'),
				fc.constantFrom(...names),
				fc.tuple(number, number),
				number,
				fc.array(fc.constantFrom(...names), {maxLength: 3}),
			)
			.map(([stage, text, share, atMs, waiting]) => [step(stage, text, share, atMs, ...waiting)]),
		fc.tuple(who, fc.stringMatching(/^[sdf]{0,4}$/)).map(([about, results]) => acted(about, results)),
		fc
			.tuple(who, number, fc.constantFrom('limit', 'goal', 'exhausted'))
			.map(([about, atMs, how]) => [ended(about, atMs, how as 'limit')]),
		number.map(atMs => [{kind: 'lab-gone' as const, lab: 'x', teardownMs: 1, atMs}]),
	);
	return fc.array(one, {maxLength: 20}).map(events => events.flat());
};

const rehearsal = fc
	.array(word, {minLength: 1, maxLength: 6})
	.chain(names =>
		fc
			.tuple(eventsOf(names), fc.constantFrom('measure', 'stay', 'attack'))
			.map(([events, purpose]) => ({names, events, purpose: purpose as Purpose})),
	);

// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the point
const orders = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/;

test(`no order of events and no name makes it throw, leave its sheet or move the cursor (seed ${seed})`, t => {
	fc.assert(
		fc.property(
			rehearsal,
			fc.integer({min: 1, max: 160}),
			fc.integer({min: 1, max: 40}),
			number,
			(run, columns, rows, now) => {
				const state = after(run.events, run.names, run.purpose);
				const lines = runLines(state, {columns, rows, widthOf: stringWidth}, now).map(textOf);
				t.true(lines.length >= Math.min(1, state.stages.length) && lines.length <= Math.max(1, rows - 2));
				for (const line of lines) {
					t.true(stringWidth(line) <= columns - 1, `${stringWidth(line)} of ${columns}: ${JSON.stringify(line)}`);
					t.notRegex(line, orders);
					const plain = asciiText(line);
					t.regex(plain, /^[ -~]*$/);
					t.is(stringWidth(plain), stringWidth(line));
				}
				for (const stage of state.stages) t.notRegex(plainLine(stage, state, now), orders);
				for (const words of slowWords(state)) t.notRegex(words, orders);
			},
		),
		{seed, numRuns: 1000},
	);
});

test(`a line that is cut keeps its beginning and is as wide as it may be (seed ${seed})`, t => {
	fc.assert(
		fc.property(fc.array(word, {minLength: 1, maxLength: 4}), fc.integer({min: 2, max: 60}), (words, columns) => {
			const line = words.map(text => span(shown(text)));
			const cut = textOf(clip(line, columns, stringWidth));
			const whole = textOf(line);
			if (stringWidth(whole) <= columns) t.is(cut, whole);
			else {
				t.true(cut.endsWith('…') && whole.startsWith(cut.slice(0, -1)));
				t.true(stringWidth(cut) <= columns);
			}
		}),
		{seed, numRuns: 300},
	);
});

for (const [word, text] of [
	['web', 'web'],
	['数据库', '数据库'],
	['\u001b[31mred', '[31mred'],
	['a\r\nb\tc', 'abc'],
	['\u202eevil', 'evil'],
	['\u0007\u200b', '?'],
	['', '?'],
] as const)
	test(`${JSON.stringify(word)} is shown as ${text}`, t => {
		t.is(shown(word), text);
	});
