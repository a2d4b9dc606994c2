// A recorder of a rehearsal's runs: its first candidate, the control, is in force before the first event.
import type {WatchEvent} from '../../core/contracts/watch-event.ts';
import type {Rehearsal} from '../../core/model/rehearsal.ts';
import {version} from '../version.ts';
import {policySources} from './policy-sources.ts';
import {type Recorder, startRecorder} from './recorder.ts';

export interface RehearsalRecording {
	/** `--record`; undefined: nothing is recorded. */
	readonly path: string | undefined;
	/** `model`: nothing takes any time there, and its recording has a clock of its own. */
	readonly measured: 'packets' | 'model';
	readonly say: (text: string) => void;
}

/** @throws FirebreakError `no-recording` */
export function recordRehearsal(rehearsal: Rehearsal, {path, measured, say}: RehearsalRecording): Recorder {
	if (path === undefined) return {tell: () => undefined, [Symbol.dispose]: () => undefined};
	const {name, candidates} = rehearsal;
	const {stack, placement, name: control} = candidates[0]!;
	const clocked = measured === 'model' ? modelClock() : clockFromNow();
	const recorder = startRecorder(
		path,
		{
			...{version: version(), lab: name, rehearsal, nowMs: 0, startedAt: Date.now()},
			inForce: {name: control, stack, placement, observed: false},
			compromised: [],
			sources: Object.fromEntries(policySources(rehearsal, [])),
		},
		{say},
	);
	return {tell: event => recorder.tell(clocked(event)), [Symbol.dispose]: () => recorder[Symbol.dispose]()};
}

type Clock = (event: WatchEvent) => WatchEvent;

/** A recording begins at nought, and this process began before it. */
function clockFromNow(): Clock {
	const zeroMs = performance.now();
	return event => ({...event, atMs: Math.max(0, event.atMs - zeroMs)});
}

/** Twenty actions a second, and a second between attacks: a pace to look at. */
const actionMs = 50;
const betweenMs = 1000;

function modelClock(): Clock {
	let atMs = 0;
	return event => {
		if (event.kind === 'attack-started') atMs += betweenMs;
		if (event.kind === 'action' || event.kind === 'attack-ended') atMs += actionMs;
		return {...event, atMs};
	};
}
