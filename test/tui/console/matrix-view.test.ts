import test from 'ava';
import {createEvaluator} from '../../../core/policy/evaluate.ts';
import {flowsBetween} from '../../../rehearsals/probe-flows.ts';
import {cellStates} from '../../../tui/console/matrix/cell-state.ts';
import {expectedOf} from '../../../tui/console/matrix/expected.ts';
import {matrixAxes, matrixPlan, matrixView} from '../../../tui/console/panes/matrix-view.ts';
import type {ConsoleState} from '../../../tui/console/state.ts';
import type {World} from '../../../tui/console/world/world.ts';
import {allow, policies} from '../../builders/policy.ts';
import {topology} from '../../builders/topology.ts';
import {manyKinds} from './many-kinds.ts';
import {drawn, golden} from './pane-golden.ts';
import {loadReady, looking, probedWorld, quietWorld} from './pane-worlds.ts';

const shop = await loadReady('shop');

/** The cell of two kinds. */
const cellOf = (state: ConsoleState, from: string, to: string): ConsoleState['cell'] => {
	const {rows, columns} = matrixAxes(state);
	return {
		from: rows.findIndex(({fullName}) => fullName === from),
		to: columns.findIndex(({fullName}) => fullName === to),
	};
};
const walkingTo = (world: World, from: string, to: string): ConsoleState =>
	looking(world, {cell: cellOf(looking(world), from, to)});

for (const candidate of ['flat', 'segmented', 'too-tight'])
	test(`golden: the matrix of ${candidate}`, async t => {
		golden(
			t,
			`matrix-${candidate}`,
			matrixView,
			walkingTo(await probedWorld(shop, candidate), 'web.test', 'cache.test'),
		);
	});

test('golden: the matrix before anything is measured', t => {
	golden(t, 'matrix-quiet', matrixView, walkingTo(quietWorld(shop, 'segmented'), 'wiki.dev', 'db.prod'));
});

for (const {name, stack, placement} of shop.candidates)
	test(`every cell under ${name} says of each service what the evaluator says of all its flows`, t => {
		const {topology} = shop;
		const expected = expectedOf(topology, stack, placement);
		const evaluator = createEvaluator(topology, stack);
		let asked = 0;
		for (const [row, {kinds: from}] of expected.axes.rows.entries())
			for (const [column, {kinds: to}] of expected.axes.columns.entries())
				for (const {service, share} of expected.cell(row, column) ?? []) {
					const actions = from[0]!.workloads.flatMap(source =>
						to[0]!.workloads
							.filter(one => one !== source)
							.flatMap(one => flowsBetween(source, one, topology.segments, service.protocol, service.port))
							.map(flow => evaluator.verdict(flow, placement).action),
					);
					const allowed = actions.filter(action => action === 'allow').length;
					t.is(share, allowed === 0 ? 'none' : allowed === actions.length ? 'all' : 'some');
					asked += actions.length;
				}
		t.true(asked > 1000);
	});

test('a rule that names one of two replicas allows a part of the flows, and a part that was measured differs from nothing', t => {
	const two = topology({'web-1.prod': {}, 'web-2.prod': {}, 'db.prod': {services: ['postgres:5432']}});
	const stack = policies({rules: [allow('one', {from: {workload: 'web-1.prod'}, to: {workload: 'db'}})]});
	const expected = expectedOf(two, stack, 'host');
	const row = expected.axes.rows.findIndex(({fullName}) => fullName === 'web.prod');
	t.is(expected.cell(row, 0)![0]!.share, 'some');
	t.deepEqual(
		expected.verdicts(row, 0, two.workloads[0]!.services[0]!).map(({action}) => action),
		['deny', 'allow'],
	);
	for (const outcome of ['open', 'denied', 'mixed'] as const)
		t.is(cellStates(expected, new Map([['web.prod>db.prod:5432/tcp', outcome]]))(row, 0)!.measured, 'agrees');
});

test('with no policy many kinds are one row an environment', t => {
	const {axes} = expectedOf(manyKinds().topology, [], 'host');
	t.deepEqual(
		axes.rows.map(({section, kinds}) => [section, kinds.length]),
		[
			['dev', 50],
			['ops', 50],
			['prod', 50],
			['test', 50],
		],
	);
});

const statesUnder = (world: World) => {
	const {stack, placement} = world.policy;
	const expected = expectedOf(shop.topology, stack, placement);
	const states = cellStates(expected, world.measured);
	const {rows, columns} = expected.axes;
	return rows.flatMap((from, row) =>
		columns.flatMap((to, column) => {
			const state = states(row, column);
			return state === null ? [] : [{cell: `${from.fullName} ${to.fullName}`, ...state}];
		}),
	);
};

for (const candidate of ['flat', 'zones', 'segmented', 'too-tight'])
	test(`where packets say what the model says, every cell under ${candidate} agrees`, async t => {
		const states = statesUnder(await probedWorld(shop, candidate));
		t.true(states.length > 400);
		t.deepEqual(
			states.filter(({measured}) => measured !== 'agrees'),
			[],
		);
	});

test('a flow that gets through against the model is the one cell that differs, and its detail says so', async t => {
	const world = await probedWorld(shop, 'segmented', one =>
		one.flow.source.workload === 'wiki.dev' && one.flow.destination.workload === 'db.prod' && one.flow.port === 5432
			? {...one, outcome: {kind: 'open'}}
			: one,
	);
	t.deepEqual(
		statesUnder(world)
			.filter(({measured}) => measured === 'differs')
			.map(({cell}) => cell),
		['wiki.dev db.prod'],
	);
	const state = walkingTo(world, 'wiki.dev', 'db.prod');
	const lines = drawn(matrixView, state, [100, 40]);
	t.true(
		lines.some(line => line.includes('! measured: it answers, which is not what the model says')),
		lines.join('\n'),
	);
	const plan = matrixPlan(state, {columns: 100, rows: 40, widthOf: text => text.length});
	const row = plan.rows[plan.walked.row]!;
	t.is([...lines[plan.top + row.at]!][plan.columns[plan.walked.column]!.at], '!');
});

test('only too-tight denies what a dependency needs, and just the two that it forgot', t => {
	const breaking = (candidate: string): readonly string[] =>
		statesUnder(quietWorld(shop, candidate))
			.filter(({breaks}) => breaks)
			.map(({cell}) => cell);
	t.deepEqual(breaking('segmented'), []);
	t.deepEqual(breaking('flat'), []);
	t.deepEqual(breaking('too-tight'), ['worker.prod queue.prod', 'web.test cache.test']);
});

test('the walked cell is seen in every box that has room for one, wherever it is', t => {
	const world = quietWorld(shop, 'segmented');
	const {rows, columns} = matrixAxes(looking(world));
	for (const [from, to] of [
		[0, 0],
		[rows.length - 1, columns.length - 1],
		[12, 5],
		[-3, 1e9],
		[Number.NaN, 3],
	] as const)
		for (const size of [
			[24, 9],
			[40, 12],
			[46, 20],
			[200, 60],
		] as const) {
			const plan = matrixPlan(looking(world, {cell: {from, to}}), {
				columns: size[0],
				rows: size[1],
				widthOf: text => text.length,
			});
			t.true(plan.walked.row >= 0 && plan.walked.column >= 0, `${from} ${to} in ${size.join('×')}`);
			t.true(plan.rows.at(-1)!.at < size[1] && plan.columns.at(-1)!.at < size[0]);
		}
});

test('a box for a handful of cells shows environments, and the walked one is in its own', t => {
	const state = walkingTo(quietWorld(shop, 'segmented'), 'wiki.dev', 'db.prod');
	const plan = matrixPlan(state, {columns: 11, rows: 11, widthOf: text => text.length});
	t.deepEqual(
		plan.columns.map(({name}) => name),
		['prod', 'test', 'dev', 'ops'],
	);
	t.is(plan.rows[plan.walked.row]!.name, 'dev');
	t.is(plan.columns[plan.walked.column]!.name, 'prod');
});

test('of 200 kinds, those that no rule tells apart are one row, which says for each of them what the evaluator says', t => {
	const {topology, stack} = manyKinds();
	const expected = expectedOf(topology, stack, 'host');
	const {axes} = expected;
	t.true(axes.folded && axes.rows.length < 150);
	t.is(new Set(axes.rows.flatMap(({kinds}) => kinds.map(({name}) => name))).size, 200);
	const evaluator = createEvaluator(topology, stack);
	let asked = 0;
	for (let row = 0; row < axes.rows.length; row += 7)
		for (let column = 0; column < axes.columns.length; column += 5)
			for (const {service, share} of expected.cell(row, column) ?? [])
				for (const from of axes.rows[row]!.kinds)
					for (const to of axes.columns[column]!.kinds) {
						if (from === to) continue;
						const [flow] = flowsBetween(
							from.workloads[0]!,
							to.workloads[0]!,
							topology.segments,
							service.protocol,
							service.port,
						);
						t.is(evaluator.verdict(flow!, 'host').action, share === 'none' ? 'deny' : 'allow');
						asked++;
					}
	t.true(asked > 500, `${asked}`);
});

test('what was measured of one of many kinds is seen in its row', t => {
	const {topology, stack} = manyKinds();
	const expected = expectedOf(topology, stack, 'host');
	const {axes} = expected;
	const row = axes.rows.findIndex(({kinds}) => kinds.length > 1);
	const column = axes.columns.findIndex(({kinds}, at) => kinds.length > 1 && at !== row);
	const [one] = expected.cell(row, column)!;
	const key = `${axes.rows[row]!.kinds[1]!.name}>${axes.columns[column]!.kinds[1]!.name}:${one!.service.port}/tcp`;
	const wrong = one!.share === 'none' ? 'open' : 'denied';
	t.is(cellStates(expected, new Map([[key, wrong]]))(row, column)!.measured, 'differs');
	t.is(cellStates(expected, new Map())(row, column)!.measured, 'unknown');
});
