// A recording of a rehearsal: several candidates, each with its attackers, one after the other.
import test from 'ava';
import type {WatchEvent} from '../../../core/contracts/watch-event.ts';
import type {Recording} from '../../../core/recording/recording.ts';
import {createModelRange} from '../../../rehearsals/model-range.ts';
import {runRehearsal} from '../../../rehearsals/run.ts';
import {frame} from '../../../tui/console/frame.ts';
import {entries} from '../../../tui/console/history.ts';
import {createPlayer, sought, stepped, worldAtStart} from '../../../tui/console/player.ts';
import type {ConsoleState} from '../../../tui/console/state.ts';
import {fold} from '../../../tui/console/world/fold.ts';
import {gauges} from '../../../tui/console/world/gauges.ts';
import type {World} from '../../../tui/console/world/world.ts';
import {textOf} from '../../../tui/line.ts';
import {after, press, type} from './pressing.ts';
import {inForce, shop, sources, start, stateOf} from './shop-story.ts';

/** All that a rehearsal of the shop tells, ten milliseconds apart. */
const events: readonly WatchEvent[] = await (async () => {
	const told: WatchEvent[] = [];
	await runRehearsal(shop, {
		seed: 1,
		foothold: null,
		range: createModelRange(shop.topology, 1, () => 0),
		now: () => 0,
		tell: event => void told.push({...event, atMs: 10 * told.length}),
		interrupted: new AbortController().signal,
	});
	return told;
})();

const recording: Recording = {
	head: {
		...{schema: 'firebreak/recording/v1', version: '0', lab: 'shop', startedAt: 1, nowMs: 0, rehearsal: shop},
		...{inForce: inForce('flat'), compromised: [], sources: Object.fromEntries(sources)},
	},
	events,
};
const player = createPlayer(recording);

const wanted = [
	['flat', 'ransomware', 'wiki.dev'],
	['flat', 'thief', 'web.dev'],
	['zones', 'ransomware', 'wiki.dev'],
	['zones', 'thief', 'web.dev'],
	['segmented', 'ransomware', 'wiki.dev'],
	['segmented', 'thief', 'web.dev'],
	['too-tight', 'ransomware', 'wiki.dev'],
	['too-tight', 'thief', 'web.dev'],
] as const;

/** Without when it was, and what was probed before. */
const ofRun = ({fates, timeline, policy, attack, hits, quarantined}: World) => ({
	fates: [...fates].map(([name, {atMs: _, ...fate}]) => [name, fate]),
	steps: entries(timeline).flatMap(step => (step.kind === 'action' ? [[step.record.action, step.rule?.name]] : [])),
	policy: policy.name,
	attack: {...attack, startedMs: 0},
	hits: [...hits].map(([rule, {count}]) => [rule, count]),
	quarantined: [...quarantined],
});

test('each run, wherever it stands, ends as if nothing had been before it', t => {
	t.is(player.clock.runs.length, wanted.length);
	for (const [at, [candidate, scenario, foothold]] of wanted.entries()) {
		const own = events.filter(
			event =>
				(event.kind === 'attack-started' || event.kind === 'action' || event.kind === 'attack-ended') &&
				event.candidate === candidate &&
				event.scenario === scenario,
		);
		const alone = fold({...start, policy: fold(start, [applied(candidate)]).policy}, own);
		const {world} = sought(player, own.at(-1)!.atMs);
		t.deepEqual(ofRun(world), ofRun(alone), `run ${at + 1}`);
		t.is(world.attack!.foothold, foothold);
		t.not(world.attack!.ended, null);
		t.true(gauges(world).lost > 0);
		// What was probed under the candidate is known to both of its attackers.
		t.is(gauges(world).broken, candidate === 'too-tight' ? 2 : 0);
		t.true(world.sources.has(`${candidate}.policy.yaml`) || candidate === 'flat');
	}
});

const applied = (candidate: string): WatchEvent => ({kind: 'policy-applied', candidate, applyMs: 1, atMs: 0});

test('while the next candidate is probed, nothing of the attacker before it is shown', t => {
	const {world} = sought(player, player.clock.runs[2]! - 1);
	t.is(world.policy.name, 'zones');
	t.is(world.attack, null);
	t.deepEqual([...world.fates], []);
	t.deepEqual(
		entries(world.timeline).map(step => step.kind === 'policy' && step.text),
		['zones is in force'],
	);
	t.true(entries(world.verdicts).every(({by}) => by === 'probe'));
	t.is(gauges(world).broken, 0);
});

test('an attack under another candidate puts that in force, though nobody said so', t => {
	const [first] = events.filter(event => event.kind === 'attack-started' && event.candidate === 'zones');
	const world = fold(sought(player, player.clock.runs[1]!).world, [first!]);
	t.is(world.policy.name, 'zones');
	t.is(gauges(world).broken, null, 'and what was probed before was probed under another');
});

test('a lab that stays keeps its fallen when another attack begins, and when a policy does', t => {
	const {world} = sought(player, player.clock.runs[1]! - 1);
	const fallen = gauges(world).lost;
	t.true(fallen > 3);
	const about = {candidate: 'flat', scenario: 'thief', foothold: 'web.dev'};
	const again: WatchEvent = {
		kind: 'attack-started',
		...about,
		turn: {number: 1, of: 1},
		expectedActions: null,
		atMs: 1,
	};
	t.true(gauges(fold(world, [again])).lost >= fallen - 1);
	t.is(
		gauges(fold(world, [{kind: 'policy-applied', candidate: 'zones', inForce: inForce('zones'), applyMs: 1, atMs: 1}]))
			.lost,
		fallen,
	);
});

const at = (atMs: number, more: Partial<ConsoleState> = {}): ConsoleState => {
	const {player: there, world} = sought(player, atMs);
	return stateOf(world, {playing: {...there.clock, paused: true}, ...more});
};

test('[ and ] go to the run before and after, and :run to the one that is named', t => {
	const {runs} = player.clock;
	const goes = (state: ConsoleState, ...keys: readonly string[]) => after(state, ...keys).actions.at(-1);
	t.deepEqual(goes(at(0), ']'), {kind: 'seek', atMs: runs[0]});
	t.deepEqual(goes(at(runs[2]! + 5), ']'), {kind: 'seek', atMs: runs[3]});
	t.deepEqual(goes(at(runs[2]! + 5), '['), {kind: 'seek', atMs: runs[1]});
	t.deepEqual(goes(at(runs[2]! + 5), '[', '[', '['), {kind: 'seek', atMs: 0});
	t.deepEqual(goes(at(0), ':', ...type('run 7'), 'enter'), {kind: 'seek', atMs: runs[6]});
	for (const text of ['run 9', 'run x', 'run'])
		t.deepEqual(after(at(0), ':', ...type(text), 'enter').actions, [], text);
	const last = press(']', at(runs[7]!));
	t.deepEqual(last.actions, []);
	t.regex(last.state.said!.text, /there are 8 runs/);
	const live = press(']', stateOf(start));
	t.deepEqual(live.actions, []);
	t.regex(live.state.said!.text, /recording/);
});

test('the first line says which of the runs it is, at any width that has room', t => {
	const first = (state: ConsoleState, columns: number): string =>
		textOf(frame({...state, size: {columns, rows: 24}}, text => text.length)[0]!);
	for (const columns of [80, 120, 200]) {
		t.regex(first(at(0), columns), / 8 runs /);
		t.regex(first(at(player.clock.runs[4]!), columns), /segmented in force .* run 5 of 8 /);
		t.regex(first(at(player.clock.totalMs), columns), / run 8 of 8 /);
	}
	const one = createPlayer({
		...recording,
		events: events.slice(
			0,
			events.findIndex(({kind}) => kind === 'attack-ended'),
		),
	});
	t.notRegex(first(stateOf(worldAtStart(one), {playing: one.clock}), 120), / runs? /);
});

test('flows that were probed at one moment are one step; actions are one each', t => {
	const together = events.map(event => ({...event, atMs: event.kind === 'flow-probed' ? 5 : event.atMs + 10}));
	const {events: told, player: next} = stepped(createPlayer({...recording, events: together}));
	t.true(told.length > 1000);
	t.true(told.every(({kind}) => kind === 'flow-probed'));
	t.deepEqual(
		[stepped(next).events, stepped(stepped(next).player).events].map(list => list.map(({kind}) => kind)),
		[['attack-started'], ['action']],
	);
});

test('what nobody could follow is played slowly at first, and all else as it was', t => {
	const paced = (everyMs: number): number =>
		createPlayer({...recording, events: events.map((event, number) => ({...event, atMs: number * everyMs}))}).clock
			.speed;
	t.deepEqual([50, 14, 10, 4, 1, 0.01].map(paced), [1, 1, 0.5, 0.25, 0.05, 0.05]);
});
