// A recording while it is watched: a clock of its own, which events are due by it, and the world at any of its times. It
// has no effect: whoever shows it tells how much time went by.
import type {WatchEvent} from '../../core/contracts/watch-event.ts';
import type {Recording} from '../../core/recording/recording.ts';
import {speeds} from './commands/slots.ts';
import type {Playing} from './state.ts';
import {begin} from './world/begin.ts';
import {fold} from './world/fold.ts';
import type {World} from './world/world.ts';

/** The world before the event of that number. */
interface Snapshot {
	readonly next: number;
	readonly world: World;
}

export interface Player {
	readonly recording: Recording;
	/** When each event is due, from the recording's beginning: never before the one before it. */
	readonly dueMs: readonly number[];
	/** The first event that was not told. */
	readonly next: number;
	/** Sorted, the first of event 0; never more than `mostSnapshots`. */
	readonly snapshots: readonly Snapshot[];
	/** Events between two snapshots. */
	readonly every: number;
	readonly clock: Playing;
}

/** Events that a seek folds again at most, until there are too many snapshots: then they are thinned out. */
const everyEvents = 2000;
const mostSnapshots = 64;

/** At its beginning, going on at the speed at which it was recorded, or slower where nobody could follow it. */
export function createPlayer(recording: Recording): Player {
	const {head, events} = recording;
	let due = 0;
	const dueMs = events.map(({atMs}) => {
		due = Math.max(due, atMs - head.nowMs);
		return due;
	});
	const runs = dueMs.filter((_, at) => events[at]!.kind === 'attack-started');
	const world = begin({...head, sources: new Map(Object.entries(head.sources))});
	return {
		...{recording, dueMs, next: 0, every: everyEvents, snapshots: [{next: 0, world}]},
		clock: {paused: false, speed: speedOf(events), atMs: 0, totalMs: due, runs},
	};
}

/** So many actions a second are still seen as such. */
const mostActions = 75;

/** An attack in a rehearsal takes hundreds of actions a second. */
function speedOf(events: Recording['events']): number {
	let [actions, ms, startMs] = [0, 0, 0];
	for (const {kind, atMs} of events) {
		if (kind === 'action') actions++;
		if (kind === 'attack-started') startMs = atMs;
		if (kind === 'attack-ended' || kind === 'attack-stopped') ms += atMs - startMs;
	}
	const bearable = actions === 0 ? 1 : (mostActions * ms) / 1000 / actions;
	return speeds.findLast(speed => speed <= Math.min(1, bearable)) ?? speeds[0]!;
}

/** What is to be shown before the first event. */
export const worldAtStart = ({snapshots}: Player): World => snapshots[0]!.world;

export interface Played {
	readonly player: Player;
	/** That are due now, in their order. */
	readonly events: readonly WatchEvent[];
}

/** The player after so many milliseconds of whoever watches. It pauses at the end. */
export function played(player: Player, elapsedMs: number): Played {
	const {clock} = player;
	if (clock.paused) return {player, events: []};
	const atMs = Math.min(clock.totalMs, clock.atMs + elapsedMs * clock.speed);
	return advanced(player, {...clock, atMs, paused: atMs >= clock.totalMs});
}

/** One event, however long it is until then, or flows that were probed together; paused. */
export function stepped(player: Player): Played {
	const {clock, dueMs, next} = player;
	const due = dueMs[next];
	if (due === undefined) return {player: {...player, clock: {...clock, paused: true}}, events: []};
	const {events} = player.recording;
	let end = next + 1;
	if (events[next]!.kind === 'flow-probed') while (dueMs[end] === due && events[end]!.kind === 'flow-probed') end++;
	const moved: Player = {...player, next: end, clock: {...clock, paused: true, atMs: Math.max(clock.atMs, due)}};
	return {player: moved, events: events.slice(next, end)};
}

function advanced(player: Player, clock: Playing): Played {
	const end = firstAfter(player.dueMs, clock.atMs, player.next);
	return {player: {...player, clock, next: end}, events: player.recording.events.slice(player.next, end)};
}

export const paced = (player: Player, pace: Pick<Playing, 'paused' | 'speed'>): Player => ({
	...player,
	clock: {...player.clock, ...pace},
});

export interface Sought {
	readonly player: Player;
	readonly world: World;
}

/**
 * The world at that time of the recording: folded again from the last snapshot before it, with more snapshots left on the
 * way. What is due at that very time has happened.
 */
export function sought(player: Player, atMs: number): Sought {
	const {recording, dueMs, clock} = player;
	const at = Math.max(0, Math.min(clock.totalMs, atMs));
	const next = at === 0 && clock.totalMs > 0 ? 0 : firstAfter(dueMs, at, 0);
	let {snapshots, every} = player;
	let {next: from, world} = snapshots.findLast(one => one.next <= next)!;
	while (from < next) {
		const to = Math.min(next, (Math.floor(from / every) + 1) * every);
		world = fold(world, recording.events.slice(from, to));
		from = to;
		if (from % every === 0 && !snapshots.some(one => one.next === from)) {
			snapshots = [...snapshots, {next: from, world}].sort((a, b) => a.next - b.next);
			if (snapshots.length > mostSnapshots) [snapshots, every] = thinned(snapshots, every);
		}
	}
	const moved: Player = {...player, snapshots, every, next, clock: {...clock, atMs: at}};
	return {player: moved, world: {...world, clockMs: Math.max(world.clockMs, recording.head.nowMs + at)}};
}

function thinned(snapshots: readonly Snapshot[], every: number): [readonly Snapshot[], number] {
	const wider = every * 2;
	return [snapshots.filter(({next}) => next % wider === 0), wider];
}

/** The first event from `from` on that is due after `atMs`. */
function firstAfter(dueMs: readonly number[], atMs: number, from: number): number {
	let [low, high] = [from, dueMs.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		if (dueMs[middle]! <= atMs) low = middle + 1;
		else high = middle;
	}
	return low;
}
