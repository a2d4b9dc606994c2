// Progress on a terminal: the newest state, drawn at most twelve times a second.
import type {InkScreen} from '../tui/inline/ink-screen.ts';
import type {RehearsalState} from '../tui/inline/rehearsal-state.ts';
import {rehearsalLines} from '../tui/inline/rehearsal-view.ts';
import type {Line, Look} from '../tui/line.ts';
import type {Watcher} from './progress.ts';
import {ansiPaint, noPaint, type Style} from './report/paint.ts';

const frameMs = 80;
/** Where nothing happens, the time that passes is drawn every so many frames. */
const idleFrames = 3;

const styles: Readonly<Record<Look, Style>> = {
	plain: 'plain',
	strong: 'title',
	good: 'good',
	bad: 'bad',
	warn: 'warn',
	accent: 'bad',
	dim: 'dim',
	chosen: 'title',
};

/**
 * Draws on `terminal` until the end. Ink is loaded meanwhile, so that nobody waits for it; where it cannot be, `instead`
 * goes on.
 */
export function drawInline(terminal: NodeJS.WriteStream, first: RehearsalState, instead: () => Watcher): Watcher {
	let state = first;
	let other: Watcher | undefined;
	let screen: InkScreen | undefined;
	let ended = false;
	let drawn: RehearsalState | undefined;
	let idle = 0;
	const paint = terminal.hasColors?.() ? ansiPaint : noPaint;
	const painted = (line: Line): string => line.map(({text, look}) => paint(styles[look], text)).join('');
	const draw = (): void => {
		if (screen === undefined || (drawn === state && ++idle < idleFrames)) return;
		[drawn, idle] = [state, 0];
		const sheet = {columns: terminal.columns, rows: terminal.rows, widthOf: screen.widthOf};
		screen.draw(rehearsalLines(state, sheet, performance.now()).map(painted));
	};
	const timer = setInterval(draw, frameMs).unref();
	// What starts the lab goes first.
	setImmediate(() => {
		if (ended) return;
		// React looks here when it is loaded: its other build costs half as much again a frame.
		process.env.NODE_ENV ??= 'production';
		import('../tui/inline/ink-screen.ts')
			.then(({openInkScreen}) => {
				if (ended) return;
				screen = openInkScreen(terminal);
				draw();
			})
			.catch(() => {
				other = instead();
				other.see(state);
			});
	});
	return {
		see(next) {
			state = next;
			other?.see(next);
		},
		end() {
			ended = true;
			clearInterval(timer);
			screen?.end();
			other?.end();
		},
	};
}
