// Of an attack: pause, step, speed. Of a recording: the same, and where it is looked at.
import {act, refused, told} from '../change.ts';
import type {Change} from '../message.ts';
import {type Action, type ConsoleState, runOf} from '../state.ts';
import type {ConsoleCommand} from './console-command.ts';
import {clockMs, clockText, runSlot, speedSlot, speeds, timeSlot} from './slots.ts';

const paceOf = ({playing, attackPace}: ConsoleState) => playing ?? attackPace;

/** The pace is the state's at once; the lab, or the player, follows. */
function atPace(state: ConsoleState, pace: Extract<Action, {kind: 'pace'}>['pace'], speed: number): Change {
	const now = {paused: pace !== 'go', speed};
	const {playing} = state;
	const next = playing === null ? {...state, attackPace: now} : {...state, playing: {...playing, ...now}};
	return act(next, {kind: 'pace', pace, speed});
}

function pause(state: ConsoleState): Change {
	const {speed} = paceOf(state);
	const changed = atPace(state, 'pause', speed);
	return state.playing === null && !isUnderWay(state)
		? {...changed, state: told(changed.state, 'paused: the next attack waits for . or space')}
		: changed;
}

/** Going on at the end of a recording is watching it again. */
function go(state: ConsoleState): Change {
	const {playing} = state;
	const again = playing !== null && playing.atMs >= playing.totalMs ? seek(state, 0) : null;
	const changed = atPace(again?.state ?? state, 'go', paceOf(state).speed);
	return {...changed, actions: [...(again?.actions ?? []), ...changed.actions]};
}

const isUnderWay = ({world}: ConsoleState): boolean => world.attack !== null && world.attack.ended === null;

function atSpeed(state: ConsoleState, speed: number): Change {
	const changed = atPace(state, paceOf(state).paused ? 'pause' : 'go', speed);
	return {...changed, state: told(changed.state, `speed ${speed}×`)};
}

const nextSpeed = (speed: number, by: 1 | -1): number =>
	(by === 1 ? speeds.find(one => one > speed) : speeds.findLast(one => one < speed)) ?? speed;

/** A place of the recording, within it. */
function seek(state: ConsoleState, atMs: number): Change {
	if (state.playing === null) return refused(state, 'only a recording can be looked at from elsewhere');
	const to = Math.max(0, Math.min(state.playing.totalMs, atMs));
	return act({...state, playing: {...state.playing, atMs: to}}, {kind: 'seek', atMs: to});
}

/** Slow playing jumps as far as it plays in that time. */
const jumpMs = 5000;

const jump = (state: ConsoleState, byMs: number): Change => seek(state, (state.playing?.atMs ?? 0) + byMs);

/** The beginning of that run. */
function toRun(state: ConsoleState, number: number): Change {
	const runs = state.playing?.runs ?? [];
	if (number < 1) return seek(state, 0);
	const startMs = runs[number - 1];
	if (startMs !== undefined) return seek(state, startMs);
	return refused(
		state,
		runs.length === 0
			? 'nobody attacks in this recording'
			: `there ${runs.length === 1 ? 'is one run' : `are ${runs.length} runs`}`,
	);
}

export const timeCommands: readonly ConsoleCommand[] = [
	{
		...{
			name: 'pause',
			group: 'time',
			keys: [{key: 'space', words: ['toggle']}],
			shows: 'space',
			hint: 'pause',
			slots: [],
		},
		about: 'pauses the attack or the recording, and goes on',
		run: (state, [word]) => (word === 'toggle' && paceOf(state).paused ? go(state) : pause(state)),
	},
	{
		...{name: 'go', group: 'time', keys: [], shows: '', hint: null, slots: []},
		about: 'goes on after a pause',
		run: go,
	},
	{
		...{name: 'step', group: 'time', keys: [{key: '.'}], shows: '.', hint: 'step', slots: []},
		about: 'one action of the attacker (of a recording: one event)',
		run: state => atPace(state, 'step', paceOf(state).speed),
	},
	{
		...{name: 'speed', group: 'time', shows: '+ -', hint: 'speed', slots: [speedSlot]},
		keys: [
			{key: '+', words: ['faster']},
			{key: '=', words: ['faster']},
			{key: '-', words: ['slower']},
		],
		about: 'faster, slower, or as fast as you say',
		run: (state, [word = '1']) => {
			const {speed} = paceOf(state);
			const wanted = word === 'faster' ? nextSpeed(speed, 1) : word === 'slower' ? nextSpeed(speed, -1) : Number(word);
			return Number.isFinite(wanted) && wanted > 0
				? atSpeed(state, wanted)
				: refused(state, `a speed is one of ${speeds.join(', ')}`);
		},
	},
	{
		...{name: 'seek', group: 'time', of: 'recording', shows: '< >', hint: 'seek', slots: [timeSlot]},
		keys: [
			{key: '<', words: ['back']},
			{key: '>', words: ['ahead']},
		],
		about: 'five seconds back or ahead (less where it plays slowly), or the time you say',
		run: (state, [word = '']) => {
			if (word === 'back' || word === 'ahead')
				return jump(state, (word === 'back' ? -jumpMs : jumpMs) * Math.min(1, paceOf(state).speed));
			const sign = /^[+-]/.exec(word)?.[0];
			const ms = clockMs(sign === undefined ? word : word.slice(1));
			if (ms === undefined) return refused(state, 'a time is written 1:30, or +10 and -10 for seconds from here');
			if (sign !== undefined) return jump(state, sign === '-' ? -ms : ms);
			const {playing} = state;
			return playing !== null && ms > playing.totalMs
				? refused(state, `the recording ends at ${clockText(playing.totalMs)}`)
				: seek(state, ms);
		},
	},
	{
		...{name: 'run', group: 'time', of: 'recording', shows: '[ ]', hint: 'runs', slots: [runSlot]},
		keys: [
			{key: '[', words: ['back']},
			{key: ']', words: ['ahead']},
		],
		about: 'the run before or after this one, or the one you say',
		run: (state, [word = '']) => {
			const now = state.playing === null ? 0 : runOf(state.playing);
			if (word === 'back') return toRun(state, now - 1);
			if (word === 'ahead') return toRun(state, now + 1);
			return /^\d{1,6}$/.test(word) ? toRun(state, Number(word)) : refused(state, 'a run is a number: run 3');
		},
	},
];
