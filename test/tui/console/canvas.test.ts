import test from 'ava';
import stringWidth from 'string-width';
import {across, down, drawBorders} from '../../../tui/console/borders.ts';
import {createCanvas} from '../../../tui/console/canvas.ts';
import {span, textOf} from '../../../tui/line.ts';

const sheet = (columns: number, rows = 1) => createCanvas(columns, rows, stringWidth);
const text = (canvas: ReturnType<typeof sheet>, form?: 'text' | 'ascii'): string =>
	canvas.lines(form).map(textOf).join('\n');

test('what is drawn stands only where the sheet is blank, what is written everywhere', t => {
	const canvas = sheet(5);
	canvas.write(1, 0, [span('ab')]);
	t.false(canvas.draw(1, 0, '─', 'dim'));
	t.true(canvas.draw(0, 0, '─', 'dim'));
	canvas.write(2, 0, [span('X')]);
	t.is(text(canvas), '─aX  ');
});

for (const [title, column, word, expected] of [
	['over its first half', 1, 'x', ' x 库 '],
	['over its second half', 2, 'x', '  x库 '],
	['over the halves of two', 2, 'xy', '  xy  '],
	['beyond the sheet', 5, '数', ' 数库 '],
	['before the sheet', -1, 'abc', 'bc 库 '],
] as const)
	test(`a sheet with letters of two columns stays as wide as it is when one writes ${title}`, t => {
		const canvas = sheet(6);
		canvas.write(1, 0, [span('数库')]);
		canvas.write(column, 0, [span(word)]);
		t.is(text(canvas), expected);
		t.is(stringWidth(text(canvas)), 6);
	});

test('a letter of three columns is a question mark that is as wide', t => {
	const canvas = sheet(6);
	canvas.write(1, 0, [span('\u{21c40}\u{16f54}b')]);
	t.is(text(canvas), ' ?  b ');
});

test('in ASCII glyphs have their form, letters have none, and the width stays', t => {
	const canvas = sheet(8);
	canvas.write(0, 0, [span('a✗▸é数·')]);
	t.is(text(canvas, 'ascii'), 'ax>?? . ');
});

test('strokes are joined where they share a cell, and end where they end', t => {
	const canvas = sheet(5, 3);
	drawBorders(canvas, [across(0, 0, 5), across(0, 2, 5), down(0, 0, 3), down(4, 0, 3), down(2, 0, 2)], false);
	t.is(text(canvas), '┌─┬─┐\n│ ╵ │\n└───┘');
	const plain = sheet(5, 3);
	drawBorders(plain, [across(0, 0, 5), down(2, 0, 3)], true);
	t.is(text(plain), '--+--\n  |  \n  |  ');
});
