// Whatever a world holds, whatever people call their things, wherever somebody looks: a pane stays within its box.

import test from 'ava';
import fc from 'fast-check';
import stringWidth from 'string-width';
import type {Policy} from '../../../core/model/policy.ts';
import type {Rehearsal} from '../../../core/model/rehearsal.ts';
import type {Outcome} from '../../../tui/console/matrix/cell-state.ts';
import {compareView} from '../../../tui/console/panes/compare-view.ts';
import {explainView} from '../../../tui/console/panes/explain-view.ts';
import {matrixView} from '../../../tui/console/panes/matrix-view.ts';
import type {ConsoleState} from '../../../tui/console/state.ts';
import type {View} from '../../../tui/console/view.ts';
import {hostileWords} from '../../builders/hostile-words.ts';
import {onScreen} from './on-screen.ts';
import {attackedWorld, loadReady, looking, probedWorld} from './pane-worlds.ts';

const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);
const shop = await loadReady('shop');

const word = fc.oneof(
	fc.constantFrom(...hostileWords, '\u0001\u00023x', 'a>b', '$&'),
	fc.string({unit: 'binary', maxLength: 20}),
	fc.string({unit: 'grapheme', maxLength: 20}),
);

/** The shop with its kinds, services, environments, rules and policies called otherwise; what rules select stays. */
function called(words: readonly string[]): Rehearsal {
	const other = (text: string, at: number): string => `${words[at % words.length]}${text.at(0)}${at}`;
	const bases = new Map(
		[...new Set(shop.topology.workloads.map(({base}) => base))].map((base, at) => [base, other(base, at)]),
	);
	const environments = new Map(shop.topology.environments.map((name, at) => [name, other(name, at + 3)]));
	const kind = (name: string): string => {
		const [base, environment] = name.split('.');
		return environment === undefined ? bases.get(base!)! : `${bases.get(base!)}.${environments.get(environment)}`;
	};
	const renamed = (name: string): string => {
		const [, base, number = '', environment = ''] = /^([a-z]+)(-\d+)?(\.[a-z]+)?$/.exec(name)!;
		return `${kind(base! + environment)}${number}`;
	};
	const topology: Rehearsal['topology'] = {
		...shop.topology,
		name: words[0]!,
		environments: [...environments.values()],
		workloads: shop.topology.workloads.map(one => ({
			...one,
			name: renamed(one.name),
			kind: kind(one.kind),
			base: bases.get(one.base)!,
			environment: one.environment === null ? null : environments.get(one.environment)!,
			knows: one.knows.map(kind),
			services: one.services.map((service, at) => ({...service, name: other(service.name, at)})),
		})),
		dependencies: shop.topology.dependencies.map(one => ({...one, from: kind(one.from), to: kind(one.to)})),
		secrets: shop.topology.secrets.map(one => ({
			...one,
			opens: one.opens.map(({workload, service}) => ({workload: renamed(workload), service})),
		})),
	};
	const rule = <T extends {readonly name: string}>(one: T, at: number): T => ({...one, name: other(one.name, at)});
	const policy = (one: Policy): Policy => ({
		...one,
		name: words.at(-1)!,
		guardrails: one.guardrails.map(rule),
		rules: one.rules.map(rule),
		where: {...one.where, file: words[0]!},
	});
	const candidates = shop.candidates.map((one, at) => ({
		...one,
		name: other(one.name, at),
		stack: one.stack.map(policy),
	}));
	return {
		...shop,
		topology,
		candidates,
		scenarios: shop.scenarios.map(one => ({...one, name: words[0]!, foothold: null})),
	};
}

const number = fc.oneof(
	fc.integer({min: -5, max: 60}),
	fc.constantFrom(Number.NaN, 1e21, Number.NEGATIVE_INFINITY, 2.5),
);
const outcome = fc.constantFrom<Outcome>('open', 'closed', 'denied', 'mixed', 'inconclusive');

const states = fc
	.array(word, {minLength: 1, maxLength: 6})
	.map(words => called(words))
	.chain(rehearsal => {
		const ends = rehearsal.topology.workloads.map(({name}) => name);
		const end = fc.oneof(fc.constantFrom(...ends), word);
		return fc.record({
			rehearsal: fc.constant(rehearsal),
			candidate: fc.constantFrom(...rehearsal.candidates.map(({name}) => name)),
			probed: fc.boolean(),
			question: fc.option(fc.record({from: end, to: end, port: fc.oneof(fc.constantFrom('22', '5432', 'icmp'), word)})),
			cell: fc.record({from: number, to: number}),
			measured: fc.array(fc.tuple(word, outcome), {maxLength: 4}),
			clockMs: number,
			top: number,
			ascii: fc.boolean(),
		});
	});

const boxes = fc.record({
	columns: fc.oneof(fc.integer({min: 0, max: 12}), fc.integer({min: 0, max: 300})),
	rows: fc.oneof(fc.integer({min: 0, max: 12}), fc.integer({min: 0, max: 100})),
});

// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the point
const orders = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/;

const panes: readonly (readonly [ConsoleState['pane'], View])[] = [
	['matrix', matrixView],
	['compare', compareView],
	['explain', explainView],
];

for (const [pane, view] of panes)
	test(`no state makes the ${pane} pane throw, leave its box or move the cursor (seed ${seed})`, async t => {
		await fc.assert(
			fc.asyncProperty(states, boxes, async (asked, {columns, rows}) => {
				const {rehearsal, candidate, probed, question, cell, measured, clockMs, top, ascii} = asked;
				const quiet = await probedWorld(rehearsal, candidate);
				const world = probed ? quiet : {...quiet, measured: new Map(), needs: new Map()};
				const state = looking(
					{...world, clockMs, measured: new Map([...world.measured, ...measured])},
					{pane, question, cell, ascii, scrolls: {[pane]: {kind: 'at', top}}},
				);
				const lines = onScreen(view, state, {columns, rows, widthOf: stringWidth});
				t.true(lines.length <= rows);
				for (const line of lines) {
					t.is(stringWidth(line), columns, JSON.stringify(line));
					t.notRegex(line, orders);
					if (ascii) t.regex(line, /^[ -~]*$/);
				}
			}),
			{seed, numRuns: 40},
		);
	});

for (const [pane, view] of panes)
	test(`the ${pane} pane says in ASCII what it says in glyphs, in the same places`, async t => {
		const world = await attackedWorld(shop, await probedWorld(shop, 'too-tight'));
		const box = {columns: 100, rows: 40, widthOf: stringWidth};
		const [glyphs, plain] = [false, true].map(ascii => onScreen(view, looking(world, {pane, ascii}), box).join('\n'));
		t.regex(plain!, /^[ -~\n]+$/);
		t.true(glyphs!.length === plain!.length && !plain!.includes('?'));
		for (const [at, character] of [...glyphs!].entries()) if (/[ -~\n]/.test(character)) t.is(plain![at], character);
	});
