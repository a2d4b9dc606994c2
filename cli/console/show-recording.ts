// The console on a recording: the player tells what is due, and keys move it.
import type {Recording} from '../../core/recording/recording.ts';
import {firstState} from '../../tui/console/first-state.ts';
import {createPlayer, type Player, paced, played, sought, stepped, worldAtStart} from '../../tui/console/player.ts';
import type {ConsoleOptions} from '../commands/console.ts';
import {type ExitCode, exitCode} from '../exit-code.ts';
import type {Io} from '../io.ts';
import {type App, runApp, type Source} from './app.ts';
import {asciiHere, colourHere} from './terminal.ts';

export async function showRecording(recording: Recording, {ascii}: ConsoleOptions, io: Io): Promise<ExitCode> {
	const player = createPlayer(recording);
	await runApp({
		first: firstState(worldAtStart(player), {ascii: ascii || asciiHere(), playing: player.clock}),
		source: playerSource(player),
		colour: colourHere(),
		title: `firebreak ${recording.head.lab}`,
		interrupted: io.interrupted,
	});
	return exitCode.passed;
}

function playerSource(first: Player): Source {
	let player = first;
	let lastMs = performance.now();
	const show = (app: App, next: Player): void => {
		player = next;
		app.send({kind: 'tick', clockMs: player.recording.head.nowMs + player.clock.atMs, playing: player.clock});
	};
	return {
		perform(action, app) {
			if (action.kind === 'quit') app.quit();
			else if (action.kind === 'seek') {
				const found = sought(player, action.atMs);
				player = found.player;
				app.send({kind: 'sought', world: found.world, playing: player.clock});
			} else if (action.kind === 'pace') {
				if (action.pace === 'step') {
					const {player: next, events} = stepped(player);
					app.send({kind: 'events', events});
					show(app, next);
				} else show(app, paced(player, {paused: action.pace === 'pause', speed: action.speed}));
			}
		},
		tick(app) {
			const now = performance.now();
			const {player: next, events} = played(player, now - lastMs);
			lastMs = now;
			if (events.length > 0) app.send({kind: 'events', events});
			if (next !== player) show(app, next);
		},
	};
}
