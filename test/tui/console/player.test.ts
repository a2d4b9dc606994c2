import test from 'ava';
import fc from 'fast-check';
import {parseRecording} from '../../../core/recording/parse-recording.ts';
import type {Recording} from '../../../core/recording/recording.ts';
import {recordingLines, renderHead} from '../../../core/recording/render-recording.ts';
import {createPlayer, type Player, paced, played, sought, stepped, worldAtStart} from '../../../tui/console/player.ts';
import {fold} from '../../../tui/console/world/fold.ts';
import type {World} from '../../../tui/console/world/world.ts';
import {inForce, shop, sources, story} from './shop-story.ts';

const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);

const head = {
	...{version: '0.0.0', lab: 'shop', startedAt: 1, nowMs: 0, rehearsal: shop, inForce: inForce('flat')},
	...{compromised: [], sources: Object.fromEntries(sources)},
};

/** As it comes back from a file. */
const recording: Recording = (() => {
	const lines = recordingLines();
	const text = renderHead(head) + story.map(event => lines.tell(event)).join('') + lines.rest();
	const parsed = parseRecording('run.ndjson', text.split('\n'));
	if (parsed.kind === 'wrong') throw new Error(JSON.stringify(parsed.problems));
	return parsed.value;
})();

const player = createPlayer(recording);

/** What a console shows that plays on in such steps. */
function watched(first: Player, steps: readonly number[]): {player: Player; world: World} {
	let [at, world] = [first, worldAtStart(first)];
	for (const ms of steps) {
		const {player: next, events} = played(at, ms);
		[at, world] = [next, fold(world, events)];
	}
	return {player: at, world};
}

const seen = ({fates, hits, needs, policy, timeline, verdicts}: World) => ({
	fates: [...fates],
	hits: [...hits],
	needs: [...needs],
	policy: policy.name,
	lengths: [timeline.length, verdicts.length],
});

test('played to its end in whatever steps, every event was told once, in its order', t => {
	const whole = seen(fold(worldAtStart(player), story));
	fc.assert(
		fc.property(fc.array(fc.integer({min: 0, max: 3000}), {minLength: 1, maxLength: 20}), steps => {
			const {player: end, world} = watched(player, [...steps, 1e9]);
			t.deepEqual(seen(world), whole);
			t.true(end.clock.paused);
			t.is(end.clock.atMs, player.clock.totalMs);
		}),
		{seed, numRuns: 30},
	);
});

test(`a seek shows what playing to there shows, forwards and backwards, with few snapshots (seed ${seed})`, t => {
	const dense: Player = {...player, every: 10};
	let at = dense;
	fc.assert(
		fc.property(fc.integer({min: -100, max: player.clock.totalMs + 500}), ms => {
			const {player: next, world} = sought(at, ms);
			const to = Math.max(0, Math.min(player.clock.totalMs, ms));
			t.is(next.clock.atMs, to);
			t.deepEqual(seen(world), seen(watched(player, [to]).world));
			t.true(next.snapshots.length <= 65);
			t.deepEqual(
				next.snapshots.map(one => one.next),
				next.snapshots.map(one => one.next).sort((a, b) => a - b),
			);
			at = next;
		}),
		{seed, numRuns: 60},
	);
	t.true(at.snapshots.length > 3, 'and they were made');
	// From there it goes on as if it had never been elsewhere.
	const there = sought(at, 2500);
	const {events} = played(paced(there.player, {paused: false, speed: 1}), 1e9);
	t.deepEqual(seen(fold(there.world, events)), seen(fold(worldAtStart(player), story)));
});

test('a long recording is sought in bounded memory: snapshots are thinned out', t => {
	const events = Array.from({length: 4000}, (_, at) => ({kind: 'note' as const, text: `${at}`, atMs: at}));
	const long: Player = {...createPlayer({head: recording.head, events}), every: 10};
	const {player: end, world} = sought(long, 1e9);
	t.true(end.snapshots.length <= 65 && end.every > 10, `${end.snapshots.length} of ${end.every}`);
	t.is(world.log.length, Math.min(4000, world.log.length));
	t.deepEqual(sought(end, 1234).world.log.length, sought(long, 1234).world.log.length);
	t.is(sought(end, 1234).player.next, 1235);
});

test('speed is how fast its clock goes, a pause stops it, and a step tells one event', t => {
	t.is(played(paced(player, {paused: false, speed: 4}), 100).player.clock.atMs, 400);
	const paused = paced(player, {paused: true, speed: 4});
	t.deepEqual(played(paused, 5000), {player: paused, events: []});
	const one = stepped(player);
	t.is(one.events.length, 1);
	t.is(one.player.clock.atMs, 1000);
	t.true(one.player.clock.paused);
	t.deepEqual(stepped(one.player).events, [story[1]]);
	const end = sought(player, 1e9).player;
	t.deepEqual(stepped(end).events, []);
});

test('events whose clock goes back are told in their order', t => {
	const events = [30, 10, 20, 40].map(atMs => ({kind: 'note' as const, text: `${atMs}`, atMs}));
	const odd = createPlayer({head: recording.head, events});
	t.deepEqual(odd.dueMs, [30, 30, 30, 40]);
	t.is(played(odd, 29).events.length, 0);
	t.is(played(odd, 30).events.length, 3);
});

test('a recording of nothing is over at once', t => {
	const none = createPlayer({head: recording.head, events: []});
	t.is(none.clock.totalMs, 0);
	t.true(played(none, 1).player.clock.paused);
	t.is(sought(none, 5).player.next, 0);
});
