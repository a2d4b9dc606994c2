// Progress on a terminal: the newest state, drawn at most twelve times a second.

import {asciiText} from '../tui/ascii-text.ts';
import type {InkScreen} from '../tui/inline/ink-screen.ts';
import type {RunState} from '../tui/inline/run-state.ts';
import {runLines} from '../tui/inline/run-view.ts';
import type {Line, Look} from '../tui/line.ts';
import type {Io} from './io.ts';
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

export interface Inline {
	readonly stream: NodeJS.WriteStream;
	readonly io: Io;
	/** Goes on where Ink cannot be loaded. */
	readonly instead: () => Watcher;
}

/** Draws on `stream` until the end. Ink is loaded meanwhile, so that nobody waits for it. */
export function drawInline({stream, io, instead}: Inline, first: RunState): Watcher {
	let state = first;
	let other: Watcher | undefined;
	let screen: InkScreen | undefined;
	let ended = false;
	let drawn: RunState | undefined;
	let idle = 0;
	let above = '';
	const paint = stream.hasColors?.() ? ansiPaint : noPaint;
	const painted = (line: Line): string =>
		line.map(({text, look}) => paint(styles[look], io.ascii === true ? asciiText(text) : text)).join('');
	const printAbove = (): void => {
		if (above !== '') io.out(above);
		above = '';
	};
	const draw = (): void => {
		if (screen === undefined || (drawn === state && above === '' && ++idle < idleFrames)) return;
		[drawn, idle] = [state, 0];
		if (above !== '') screen.aside(printAbove);
		const sheet = {columns: stream.columns, rows: stream.rows, widthOf: screen.widthOf};
		screen.draw(runLines(state, sheet, performance.now()).map(painted));
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
				screen = openInkScreen(stream);
				draw();
			})
			.catch(() => {
				other = instead();
				other.see(state);
			});
	});
	return {
		see(next) {
			const isNews = next.stages.length !== state.stages.length;
			state = next;
			// What begins may keep this process busy for longer than a frame.
			if (isNews) draw();
			other?.see(next);
		},
		print(text) {
			if (screen === undefined) io.out(text);
			else above += text;
		},
		end() {
			if (ended) return;
			ended = true;
			clearInterval(timer);
			screen?.end();
			printAbove();
			other?.end();
		},
	};
}
