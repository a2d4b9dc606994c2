// The console while it runs: one state, changed by messages; a screen that shows the newest; actions handed to who can do
// them. It ends when it is told to, and gives the terminal back however it ends.
import type {WatchEvent} from '../../core/contracts/watch-event.ts';
import {frame} from '../../tui/console/frame.ts';
import {groundOf} from '../../tui/console/ground.ts';
import type {Message} from '../../tui/console/message.ts';
import {nextWork} from '../../tui/console/next-work.ts';
import {type ConsoleScreen, openScreen} from '../../tui/console/screen.ts';
import type {Action, ConsoleState} from '../../tui/console/state.ts';
import {update} from '../../tui/console/update.ts';
import {lightHere} from './terminal.ts';

/** 30 frames a second, and none where nothing changed. */
const frameMs = 33;
/** Between two frames, however many keys come. */
const leastMs = 12;
/** For what a frame waits for, before it is drawn without: the last piece may take longer. */
const workMs = 10;

/** What is shown: a live lab, or a recording. */
export interface Source {
	/** Does what a key asked for; what there is to say comes by `send`. */
	perform(action: Action, app: App): void;
	/** Called before each frame: what time it is, or what the player has to tell. */
	tick(app: App): void;
}

export interface App {
	readonly screen: ConsoleScreen;
	state(): ConsoleState;
	send(message: Message): void;
	/** Told to the state before the next frame, together. */
	hear(event: WatchEvent): void;
	/** Ends the console. */
	quit(): void;
	/** As `quit`, and `error` is thrown to whoever runs it. */
	fail(error: unknown): void;
}

export interface AppOptions {
	readonly first: ConsoleState;
	readonly source: Source;
	readonly colour: boolean;
	readonly title: string;
	/** Aborted: it ends. */
	readonly interrupted: AbortSignal;
	/** Called once it is there, before the first frame. */
	readonly onStart?: (app: App) => void;
}

/** Resolves when it was quit; throws what went wrong, with the terminal as it was before. */
export async function runApp({first, source, colour, title, interrupted, onStart}: AppOptions): Promise<void> {
	const {promise, resolve, reject} = Promise.withResolvers<void>();
	let state = first;
	let drawn: ConsoleState | undefined;
	let heard: WatchEvent[] = [];
	let lastMs = Number.NEGATIVE_INFINITY;
	let soon: NodeJS.Timeout | undefined;
	const guarded =
		<Words extends readonly unknown[]>(body: (...words: Words) => void) =>
		(...words: Words): void => {
			try {
				body(...words);
			} catch (error) {
				reject(error);
			}
		};
	using screen = openScreen({
		input: process.stdin,
		output: process.stdout,
		colour,
		light: lightHere(),
		title,
		events: {
			key: guarded(name => {
				if (name === 'C-z') screen.suspend();
				else app.send({kind: 'key', name});
				drawSoon();
			}),
			mouse: guarded(event => {
				app.send({kind: 'mouse', event});
				drawSoon();
			}),
			resize: guarded(() => {
				drawn = undefined;
				app.send({kind: 'resized', size: {columns: screen.columns, rows: screen.rows}});
			}),
		},
	});
	const app: App = {
		screen,
		state: () => state,
		send(message) {
			const change = update(state, message, now => groundOf(now, screen.widthOf));
			state = change.state;
			for (const action of change.actions) source.perform(action, app);
		},
		hear: event => void heard.push(event),
		quit: resolve,
		fail: reject,
	};
	app.send({kind: 'resized', size: {columns: screen.columns, rows: screen.rows}});
	onStart?.(app);
	const draw = guarded(() => {
		if (heard.length > 0) {
			const events = heard;
			heard = [];
			app.send({kind: 'events', events});
		}
		source.tick(app);
		if (state === drawn) return;
		const begun = performance.now();
		let work = nextWork(state);
		for (; work !== null && performance.now() - begun < workMs; work = nextWork(state)) work();
		screen.draw(frame(state, screen.widthOf));
		// What is left to work out is worked out before the next frame.
		drawn = work === null ? state : undefined;
		lastMs = performance.now();
	});
	/** What a key does is not kept until the next frame is due, and keys that come together are one frame. */
	const drawSoon = (): void => {
		soon ??= setTimeout(
			() => {
				soon = undefined;
				draw();
			},
			Math.max(0, lastMs + leastMs - performance.now()),
		);
	};
	draw();
	const timer = setInterval(draw, frameMs);
	const end = (): void => resolve();
	interrupted.addEventListener('abort', end, {once: true});
	// What nobody caught ends the console too, and is told on the screen that was there before.
	process.on('uncaughtException', reject);
	process.on('SIGQUIT', askToEnd);
	try {
		await promise;
	} finally {
		await screen.returned();
		clearInterval(timer);
		clearTimeout(soon);
		interrupted.removeEventListener('abort', end);
		process.off('uncaughtException', reject);
		process.off('SIGQUIT', askToEnd);
	}
}

/** Its default leaves the terminal as it is. */
const askToEnd = (): void => void process.kill(process.pid, 'SIGTERM');
