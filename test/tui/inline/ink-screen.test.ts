import {Writable} from 'node:stream';
import {setTimeout as wait} from 'node:timers/promises';
import test from 'ava';
import {openInkScreen} from '../../../tui/inline/ink-screen.ts';

/** A terminal that keeps what it was sent. */
function terminal(columns: number): NodeJS.WriteStream & {sent: string} {
	const stream = new Writable({
		write(chunk, _encoding, done) {
			kept.sent += String(chunk);
			done();
		},
	});
	const kept = Object.assign(stream, {columns, rows: 24, isTTY: true, sent: ''});
	return kept as unknown as NodeJS.WriteStream & {sent: string};
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the orders are what is looked for
const orders = /\u001b\[[?\d;]*[A-Za-z]/g;
const words = (sent: string): string => sent.replaceAll(orders, '').trim();
const cursor = (sent: string): string | undefined => sent.match(/\[\?25[hl]/g)?.at(-1);

test.serial('lines are drawn as they are, one below the other, with the cursor hidden', t => {
	const screen = terminal(80);
	const ink = openInkScreen(screen);
	ink.draw(['  lab       27 workloads', '  control   1,824 flows']);
	t.is(words(screen.sent), 'lab       27 workloads\n  control   1,824 flows');
	t.is(cursor(screen.sent), '[?25l');
	ink.end();
});

test.serial('the end takes away every line that was drawn and shows the cursor', async t => {
	const screen = terminal(80);
	const ink = openInkScreen(screen);
	ink.draw(['one']);
	await wait(20);
	ink.draw(['one', 'two']);
	t.true(screen.sent.includes('two'));
	screen.sent = '';
	ink.end();
	ink.end();
	ink.draw(['late']);
	t.is(words(screen.sent), '');
	// Two lines and the one the cursor stands on.
	t.is(screen.sent.split('\u001b[2K').length - 1, 3);
	t.is(cursor(screen.sent), '[?25h');
});

test.serial('a line that is wider than the terminal is cut and does not wrap', t => {
	const screen = terminal(20);
	const ink = openInkScreen(screen);
	ink.draw(['x'.repeat(50), '数据库'.repeat(20)]);
	ink.end();
	const lines = words(screen.sent).split('\n');
	t.is(lines.length, 2);
	for (const line of lines) t.true(ink.widthOf(line.trim()) <= 20, line);
});

test.serial('widths are those of a terminal', t => {
	const ink = openInkScreen(terminal(80));
	for (const [text, width] of [
		['web', 3],
		['数据库', 6],
		['e\u0301', 1],
		['👨‍👩‍👧', 2],
	] as const)
		t.is(ink.widthOf(text), width);
	ink.end();
});
