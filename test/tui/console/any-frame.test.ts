// Whatever happened, whatever people call their things and however large the screen is: it is filled exactly.
import test from 'ava';
import fc from 'fast-check';
import stringWidth from 'string-width';
import {frame} from '../../../tui/console/frame.ts';
import {mapView} from '../../../tui/console/map/map-view.ts';
import {flowsView} from '../../../tui/console/panes/flows-view.ts';
import {logView} from '../../../tui/console/panes/log-view.ts';
import {timelineView} from '../../../tui/console/panes/timeline-view.ts';
import {textOf} from '../../../tui/line.ts';
import {rememberedWidths} from '../../../tui/width-of.ts';
import {anyState} from './random-state.ts';

const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);
const widthOf = rememberedWidths();

// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the point
const orders = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/;

test(`the screen is filled exactly and gives the terminal no order (seed ${seed})`, t => {
	fc.assert(
		fc.property(anyState, state => {
			const {columns, rows} = state.size;
			const lines = frame(state, widthOf).map(textOf);
			t.is(lines.length, rows);
			for (const line of lines) {
				t.is(stringWidth(line), columns, JSON.stringify(line));
				t.notRegex(line, orders);
				if (state.ascii) t.regex(line, /^[ -~]*$/);
			}
		}),
		{seed, numRuns: 200},
	);
});

for (const [name, view] of Object.entries({mapView, timelineView, flowsView, logView}))
	test(`${name} fills its box exactly, however small (seed ${seed})`, t => {
		fc.assert(
			fc.property(anyState, fc.integer({min: 0, max: 90}), fc.integer({min: 0, max: 30}), (state, columns, rows) => {
				const lines = view(state, {columns, rows, widthOf}).map(textOf);
				t.is(lines.length, rows);
				for (const line of lines) t.is(stringWidth(line), columns, JSON.stringify(line));
			}),
			{seed, numRuns: 100},
		);
	});

test('the widths that are remembered are those of a terminal', t => {
	fc.assert(
		fc.property(fc.string({unit: 'grapheme', maxLength: 30}), text => widthOf(text) === stringWidth(text)),
		{seed},
	);
	for (let code = 0x2500; code < 0x2800; code++)
		t.is(widthOf(String.fromCodePoint(code)), stringWidth(String.fromCodePoint(code)));
});
