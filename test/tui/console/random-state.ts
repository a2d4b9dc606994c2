// Any state of the console: names that a terminal would obey, lists of any length, whatever is chosen.

import fc from 'fast-check';
import type {WatchEvent} from '../../../core/contracts/watch-event.ts';
import type {Rehearsal} from '../../../core/model/rehearsal.ts';
import {type ConsoleState, paneNames} from '../../../tui/console/state.ts';
import {begin} from '../../../tui/console/world/begin.ts';
import {fold} from '../../../tui/console/world/fold.ts';
import {denied, open, unsure} from '../../builders/evidence.ts';
import {flow} from '../../builders/flow.ts';
import {hostileWords} from '../../builders/hostile-words.ts';
import {candidate, need, scenario} from '../../builders/measuring.ts';
import {allow, policies} from '../../builders/policy.ts';
import {topology, type WorkloadSpec} from '../../builders/topology.ts';
import {opened} from './watched.ts';

export const word: fc.Arbitrary<string> = fc.oneof(
	fc.constantFrom('web', 'db', ...hostileWords),
	fc.string({unit: 'binary', maxLength: 20}),
);
const number = fc.oneof(fc.nat(9000), fc.double(), fc.constantFrom(-1, 1e21, Number.NaN));

const specs = fc.array(
	fc.record({
		base: word,
		environment: fc.constantFrom('', 'prod', 'test', '数据', 'x'.repeat(40)),
		replicas: fc.oneof(
			{weight: 5, arbitrary: fc.integer({min: 1, max: 4})},
			{weight: 1, arbitrary: fc.integer({min: 5, max: 120})},
		),
		tier: fc.constantFrom('web', 'data', '\u001b[31m'),
		outside: fc.boolean(),
		jewel: fc.boolean(),
	}),
	{maxLength: 40},
);

const rehearsalOf = (list: typeof specs extends fc.Arbitrary<infer T> ? T : never, name: string): Rehearsal => {
	const named = list.flatMap(({base, environment, replicas, tier, outside, jewel}, at) =>
		Array.from({length: replicas}, (_, replica): [string, WorkloadSpec] => {
			const stem = `${base.replaceAll('.', '')}${at}${replicas > 1 ? `-${replica + 1}` : ''}`;
			const spec = {labels: {tier}, services: ['postgres:5432'], outside: outside && environment === '', jewel};
			return [environment === '' ? stem : `${stem}.${environment}`, spec];
		}),
	);
	const built = topology(Object.fromEntries(named));
	const kinds = [...new Set(built.workloads.map(({kind}) => kind))];
	const dependencies = kinds.slice(1).map((kind, at) => ({...need('a -> b:5432'), from: kinds[at]!, to: kind}));
	return {
		...{name, folder: '/', topology: {...built, dependencies}, scenarios: [scenario({name})]},
		candidates: [candidate('flat'), candidate(name, policies({rules: [allow('everyone')]}))],
		...{expectations: [], flows: [], accepted: [], inputs: []},
	};
};

const eventsOf = ({topology: {workloads}}: Rehearsal, text: string): fc.Arbitrary<readonly WatchEvent[]> => {
	const name = workloads.length === 0 ? fc.constant(text) : fc.constantFrom(text, ...workloads.map(one => one.name));
	const who = {candidate: text, scenario: text};
	const between = fc.tuple(name, name).map(([from, to]) => ({
		...flow('a', 'b:5432'),
		source: {workload: from, address: from},
		destination: {workload: to, address: to},
	}));
	const action = fc.record({
		...{
			action: fc.nat(),
			atMs: number,
			technique: fc.constant('exploit-service' as const),
			attack: word,
			from: name,
			to: name,
		},
		...{
			protocol: fc.constantFrom(null, 'tcp', text),
			port: fc.option(number),
			probes: fc.nat(),
			answers: fc.constant({}),
		},
		result: fc.constantFrom('success', 'failure', 'denied', 'nothing'),
		...{compromised: fc.option(name), pivot: fc.boolean(), detail: word},
	});
	return fc.array(
		fc.oneof(
			fc
				.tuple(between, number)
				.map(([one, atMs]): WatchEvent => ({kind: 'flow-probed', candidate: text, evidence: open(one), atMs})),
			fc
				.tuple(between, number)
				.map(([one, atMs]): WatchEvent => ({kind: 'flow-probed', candidate: text, evidence: unsure(one), atMs})),
			fc.tuple(name, number).map(
				([foothold, atMs]): WatchEvent => ({
					kind: 'attack-started',
					...who,
					foothold,
					turn: {number: 1, of: 1},
					expectedActions: null,
					atMs,
				}),
			),
			fc
				.tuple(name, action, between, number)
				.map(
					([foothold, record, one, atMs]) =>
						({kind: 'action', ...who, foothold, record, evidence: [denied(one)], atMs}) as WatchEvent,
				),
			fc.tuple(word, number).map(([note, atMs]): WatchEvent => ({kind: 'note', text: note, atMs})),
			fc.constant<WatchEvent>({kind: 'policy-applied', candidate: text, applyMs: 1, atMs: 5}),
			fc.constantFrom<WatchEvent>(
				{kind: 'missed', events: 7, atMs: 1},
				{kind: 'lab-reset', atMs: 3},
				{kind: 'attack-ended', ...who, foothold: text, ended: 'limit', atMs: 9},
			),
		),
		{maxLength: 60},
	);
};

const asked = (question: string): ConsoleState['overlay'] => ({kind: 'ask', question, action: {kind: 'quit'}});

/** A state of any size, with the words that it was made of. */
export const anyState: fc.Arbitrary<ConsoleState> = fc
	.tuple(specs, word)
	.map(([list, name]) => ({rehearsal: rehearsalOf(list, name), name}))
	.chain(({rehearsal, name}) => {
		const {workloads} = rehearsal.topology;
		const someone = fc.constantFrom(
			null,
			name,
			...workloads.flatMap(one => [one.name, one.kind, `${one.environment} web`]),
		);
		const overlay = fc.oneof<fc.Arbitrary<ConsoleState['overlay']>[]>(
			fc.constantFrom({kind: 'none'}, {kind: 'none'}, asked(name)),
			fc.nat(80).map(top => ({kind: 'help', top})),
			word.map(text => ({kind: 'palette', text, choice: 0})),
			word.map(text => ({kind: 'filter', text})),
			fc
				.tuple(fc.constantFrom('scenario', 'foothold', 'candidate'), fc.integer({min: -2, max: 50}))
				.map(([what, choice]) => ({kind: 'choose', what, choice, scenario: null})),
		);
		return fc
			.record({
				events: eventsOf(rehearsal, name),
				size: fc.record({columns: fc.integer({min: 0, max: 300}), rows: fc.integer({min: 0, max: 100})}),
				rest: fc.record({
					...{
						pane: fc.constantFrom(...paneNames),
						chosen: someone,
						zoom: someone,
						overlay,
						ascii: fc.boolean(),
						fresh: fc.boolean(),
					},
					opened: fc.array(someone).map(list => new Set(list.filter(one => one !== null))),
					filter: fc.oneof(fc.constantFrom('deny', '!to:db env:prod', 'port:x by:me'), word),
					scrolls: fc.oneof(
						fc.constant({}),
						number.map(top => ({
							timeline: {kind: 'at' as const, top},
							flows: {kind: 'at' as const, top},
							log: {kind: 'at' as const, top},
						})),
					),
					said: fc.option(word.map(text => ({text, look: 'bad' as const}))),
					busy: fc.option(word),
					attackPace: fc.record({paused: fc.boolean(), speed: number}),
					playing: fc.option(
						fc.record({
							paused: fc.boolean(),
							speed: number,
							atMs: number,
							totalMs: number,
							runs: fc.array(number, {maxLength: 4}),
						}),
					),
				}),
			})
			.map(({events, size, rest}) => {
				const inForce = {name, stack: rehearsal.candidates[1]!.stack, placement: 'host' as const, observed: false};
				const world = begin({lab: name, rehearsal, startedAt: 0, nowMs: 0, inForce, compromised: []});
				return opened(fold(world, events), size.columns, size.rows, rest);
			});
	});
