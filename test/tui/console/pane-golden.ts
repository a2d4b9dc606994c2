// Views as text, at three sizes: files that a person can look at.
import {readFileSync, writeFileSync} from 'node:fs';
import type {ExecutionContext} from 'ava';
import stringWidth from 'string-width';
import type {ConsoleState} from '../../../tui/console/state.ts';
import type {View} from '../../../tui/console/view.ts';
import {onScreen} from './on-screen.ts';

const sizes = [
	[80, 24],
	[120, 40],
	[200, 60],
] as const;

/** The view's lines in a box. */
export const drawn = (view: View, state: ConsoleState, [columns, rows]: readonly [number, number]): readonly string[] =>
	onScreen(view, state, {columns, rows, widthOf: stringWidth});

/** Compares with `test/tui/golden/<name>.txt`; `GOLDEN=rewrite` rewrites it. */
export function golden(t: ExecutionContext, name: string, view: View, state: ConsoleState): void {
	const found = sizes
		.map(size => {
			const lines = drawn(view, state, size);
			t.is(lines.length, size[1]);
			t.true(lines.every(line => stringWidth(line) === size[0]));
			return `${size.join(' × ')}\n${lines
				.map(line => line.trimEnd())
				.join('\n')
				.trimEnd()}\n`;
		})
		.join('\n');
	const file = new URL(`../golden/${name}.txt`, import.meta.url);
	if (process.env.GOLDEN === 'rewrite') writeFileSync(file, found);
	t.is(found, readFileSync(file, 'utf8'));
}
