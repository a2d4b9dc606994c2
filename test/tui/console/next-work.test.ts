import test from 'ava';
import stringWidth from 'string-width';
import {nextWork} from '../../../tui/console/next-work.ts';
import {compareView} from '../../../tui/console/panes/compare-view.ts';
import type {ConsoleState} from '../../../tui/console/state.ts';
import {textOf} from '../../../tui/line.ts';
import {loadReady, looking, quietWorld} from './pane-worlds.ts';

const shown = (state: ConsoleState): string =>
	compareView(state, {columns: 120, rows: 40, widthOf: stringWidth}).map(textOf).join('\n');

test('the comparison says what it works at, one candidate a piece, and shows figures only when all are there', async t => {
	const shop = await loadReady('shop');
	const state = looking(quietWorld(shop, 'segmented'), {pane: 'compare'});
	const names = shop.candidates.map(({name}) => name);
	for (const [done] of names.entries()) {
		t.regex(shown(state), new RegExp(`working out ${names.slice(done).join(', ')}\\s`));
		t.notRegex(shown(state), /dependencies broken/);
		nextWork(state)!();
	}
	t.is(nextWork(state), null);
	t.regex(shown(state), /dependencies broken/);
	t.notRegex(shown(state), /working out/);
});

test('no other pane waits for the comparison', async t => {
	t.is(nextWork(looking(quietWorld(await loadReady('two-tier'), 'flat'), {pane: 'timeline'})), null);
});
