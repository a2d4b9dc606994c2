// Whatever is pressed, whatever happens and whatever things are called: nothing throws and nothing leaves its box.
import test from 'ava';
import fc from 'fast-check';
import type {WatchEvent} from '../../../core/contracts/watch-event.ts';
import type {Topology} from '../../../core/model/topology.ts';
import {help, hints} from '../../../tui/console/keys/help.ts';
import type {Message} from '../../../tui/console/message.ts';
import {helpView} from '../../../tui/console/overlay/help-view.ts';
import {paletteView} from '../../../tui/console/palette/palette-view.ts';
import {planDraft} from '../../../tui/console/policy/plan-draft.ts';
import {policyView} from '../../../tui/console/policy/policy-view.ts';
import {type ConsoleState, paneNames} from '../../../tui/console/state.ts';
import {update} from '../../../tui/console/update.ts';
import {workloadView} from '../../../tui/console/workload/workload-view.ts';
import {begin} from '../../../tui/console/world/begin.ts';
import type {World} from '../../../tui/console/world/world.ts';
import {textOf} from '../../../tui/line.ts';
import {rememberedWidths} from '../../../tui/width-of.ts';
import {inForce, shop, sources, start, stateOf, story, tightStory} from './shop-story.ts';

const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);
const widthOf = rememberedWidths();

const odd = [
	'\u001b[2J\n\u202eevil',
	'数据库',
	'👨‍👩‍👧‍👦',
	'é\u0301\u0301',
	'\u1100\u1161',
	'x'.repeat(300),
	'',
	"a'b $(c)",
];

/** The shop with other names: of workloads, kinds, labels, secrets, rules, files. */
function renamed(words: readonly string[]): World {
	const names = new Map<string, string>();
	const of = (word: string): string => {
		if (!names.has(word))
			names.set(word, `${words[names.size % words.length]}${names.size < words.length ? '' : names.size}`);
		return names.get(word)!;
	};
	const {topology} = shop;
	const workloads = topology.workloads.map(one => ({
		...one,
		...{name: of(one.name), kind: of(one.kind), base: of(one.base)},
		labels: Object.fromEntries(Object.entries(one.labels).map(([key, value]) => [of(key), of(value)])),
		services: one.services.map(service => ({...service, name: of(service.name), weak: service.weak.map(of)})),
		holds: one.holds.map(of),
	}));
	const other: Topology = {
		...topology,
		workloads,
		dependencies: topology.dependencies.map(one => ({...one, from: of(one.from), to: of(one.to)})),
		secrets: topology.secrets.map(one => ({...one, id: of(one.id)})),
	};
	const policy = inForce('segmented');
	const stack = policy.stack.map(one => ({
		...one,
		name: of(one.name),
		where: {...one.where, file: of(one.where.file)},
		rules: one.rules.map(rule => ({...rule, name: of(rule.name), where: {...rule.where, file: of(one.where.file)}})),
	}));
	const scenarios = shop.scenarios.map(one => ({...one, name: of(one.name)}));
	return begin({
		...{lab: of('shop'), rehearsal: {...shop, topology: other, scenarios}, startedAt: 0, nowMs: 0},
		inForce: {...policy, name: of('segmented'), stack},
		compromised: [{workload: of('api.dev'), from: of('api.dev'), technique: words[0]!}],
		sources: new Map([[of('segmented.policy.yaml'), words.join('\n')]]),
	});
}

const key = fc.oneof(
	fc.constantFrom(
		...[
			'up',
			'down',
			'left',
			'right',
			'enter',
			'tab',
			'S-tab',
			'escape',
			'space',
			'backspace',
			'pageup',
			'pagedown',
			'home',
			'end',
		],
		...['C-c', 'C-u', 'C-w', 'C-z', 'f1', '', ':', ':', '/', '?', 'a', 'p', 'q', 'r', 'y', 'n'],
	),
	fc.string({unit: 'grapheme-ascii', minLength: 1, maxLength: 1}),
	fc.string({unit: 'binary', maxLength: 3}),
);
const event: fc.Arbitrary<WatchEvent> = fc.constantFrom(...story, ...tightStory, {kind: 'lab-reset' as const, atMs: 5});
const place = fc.integer({min: -5, max: 320});
const message: fc.Arbitrary<Message> = fc.oneof(
	{weight: 8, arbitrary: key.map(name => ({kind: 'key' as const, name}))},
	fc.array(event, {maxLength: 5}).map(events => ({kind: 'events' as const, events})),
	fc
		.tuple(place, place, fc.constantFrom('press' as const, 'wheel-up' as const, 'wheel-down' as const))
		.map(([column, row, action]) => ({
			kind: 'mouse' as const,
			event: {column, row, action},
		})),
	fc
		.tuple(fc.integer({min: 0, max: 300}), fc.integer({min: 0, max: 100}))
		.map(([columns, rows]) => ({kind: 'resized' as const, size: {columns, rows}})),
	fc.double().map(clockMs => ({kind: 'tick' as const, clockMs, playing: null})),
	fc.string({unit: 'binary', maxLength: 60}).map(text => ({
		kind: 'drafted' as const,
		draft: planDraft(start, [{file: 'a.policy.yaml', text: `policy: a\nrules:\n  - allow: ${text}`}], ['a']),
	})),
	fc.constant({kind: 'done' as const, action: {kind: 'probe' as const}, said: null}),
);

const worlds = fc.oneof(
	fc.constant(start),
	fc.array(fc.constantFrom(...odd), {minLength: 1, maxLength: 8}).map(renamed),
);

const state: fc.Arbitrary<ConsoleState> = fc
	.tuple(
		worlds,
		fc.constantFrom(...paneNames),
		fc.boolean(),
		fc.option(fc.nat(30)),
		fc.boolean(),
		fc.string({unit: 'binary', maxLength: 20}),
	)
	.map(([world, pane, ascii, chosen, playing, text]) => {
		const {workloads} = world.rehearsal.topology;
		return stateOf(world, {
			...{pane, ascii, chosen: chosen === null ? null : (workloads[chosen]?.name ?? text), filter: text},
			playing: playing ? {paused: false, speed: 1, atMs: 0, totalMs: 1000, runs: [10, 500]} : null,
		});
	});

const views = {paletteView, policyView, workloadView, helpView};

// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the point
const orders = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/;

test(`no keys and no events make update throw, and no state makes a view throw or leave its box (seed ${seed})`, t => {
	fc.assert(
		fc.property(
			state,
			fc.array(message, {maxLength: 25}),
			fc.integer({min: 0, max: 300}),
			fc.integer({min: 0, max: 100}),
			(first, messages, columns, rows) => {
				let now = first;
				for (const one of messages) now = update(now, one).state;
				hints(now);
				help(now);
				for (const [name, view] of Object.entries(views)) {
					const lines = view(now, {columns, rows, widthOf}).map(textOf);
					t.is(lines.length, rows, name);
					for (const line of lines) {
						t.is(widthOf(line), columns, `${name}: ${JSON.stringify(line)}`);
						t.notRegex(line, orders);
					}
				}
			},
		),
		{seed, numRuns: 150},
	);
});

test('sources of a policy that are not its sources are drawn all the same', t => {
	for (const text of ['', '\n\n', 'x', '\t- a\n', '\u0000']) {
		const world = {
			...start,
			policy: {...start.policy, ...inForce('segmented')},
			sources: new Map([...sources, ['segmented.policy.yaml', text]]),
		};
		t.is(policyView(stateOf(world), {columns: 40, rows: 10, widthOf}).length, 10);
	}
});
