import test from 'ava';
import fc from 'fast-check';
import stringWidth from 'string-width';
import {createCanvas} from '../../../tui/console/canvas.ts';
import {drawWay, strokes} from '../../../tui/console/map/draw-way.ts';
import {mapView} from '../../../tui/console/map/map-view.ts';
import {type MapPlan, planMap, type Spot} from '../../../tui/console/map/plan-map.ts';
import {wayBetween} from '../../../tui/console/map/way.ts';
import {fold} from '../../../tui/console/world/fold.ts';
import {textOf} from '../../../tui/line.ts';
import {anyState} from './random-state.ts';
import {opened, watched} from './watched.ts';

const blank: MapPlan = {columns: 12, rows: 5, used: 5, areas: [], legend: null, hidden: 0};
const spot = (column: number, row: number): Spot => ({
	id: `${column},${row}`,
	workloads: [],
	column,
	row,
	width: 1,
	folded: false,
});
const drawn = (from: Spot, to: Spot, result: 'denied' | 'allowed' | 'fell', word = '', ascii = false): string => {
	const canvas = createCanvas(blank.columns, blank.rows, stringWidth);
	canvas.write(from.column, from.row, [{text: 'A', look: 'plain'}]);
	canvas.write(to.column, to.row, [{text: 'B', look: 'plain'}]);
	drawWay(canvas, {steps: wayBetween(blank, from, to), result, word, ascii}, {column: 0, row: 0});
	return canvas
		.lines()
		.map(line => textOf(line).trimEnd())
		.join('\n')
		.trim();
};

for (const [title, found, expected] of [
	['straight to the right', drawn(spot(0, 2), spot(8, 2), 'allowed'), 'A──────▸B'],
	['straight to the left', drawn(spot(8, 2), spot(0, 2), 'allowed'), 'B◂──────A'],
	['denied, with its port', drawn(spot(0, 2), spot(11, 2), 'denied', ':5432'), 'A╌╌:5432╌╌✗B'],
	[
		'the port reads from left to right on the way back too',
		drawn(spot(11, 2), spot(0, 2), 'denied', ':5432'),
		'B✗╌╌:5432╌╌A',
	],
	['a port that has no room is left out', drawn(spot(0, 2), spot(5, 2), 'fell', ':5432'), 'A━━━▶B'],
	['in ASCII', drawn(spot(0, 2), spot(6, 2), 'fell', '', true), 'A====>B'],
	['beside one another', drawn(spot(3, 2), spot(4, 2), 'denied'), 'AB'],
] as const)
	test(title, t => {
		t.is(found, expected);
	});

test('a corner joins what comes in with what goes out', t => {
	const shapes = [drawn(spot(0, 0), spot(4, 3), 'fell'), drawn(spot(4, 3), spot(0, 0), 'fell')];
	for (const shape of shapes) t.regex(shape, /[┓┗┛┏]/);
	t.true(['A━━━┓\n    ┃\n    ▼\n    B', 'A\n┃\n┃\n┗━━▶B'].includes(shapes[0]!), shapes[0]);
});

for (const form of ['text', 'ascii'] as const)
	test(`allowed, denied and fell differ without colour, in ${form}`, t => {
		const all = Object.values(strokes).map(one => one[form]);
		t.is(new Set(all.map(({across}) => across)).size, 3);
		t.is(new Set(all.map(({down}) => down)).size, 3);
	});

test('on any map a way runs from beside its source to beside its target, cell by cell, over no glyph', t => {
	fc.assert(
		fc.property(anyState, fc.integer({min: 30, max: 120}), fc.integer({min: 5, max: 40}), (state, columns, rows) => {
			const {topology} = state.world.rehearsal;
			const plan = planMap({topology, columns, rows, widthOf: stringWidth, opened: new Set(), zoom: null});
			const spots = plan.areas.flatMap(area => area.spots);
			const [from, to] = [spots[0], spots.at(-1)];
			if (from === undefined || to === undefined || from === to) return;
			const steps = wayBetween(plan, from, to);
			const cells = [from, ...steps, to];
			for (const [at, {column, row}] of cells.slice(1).entries()) {
				const before = cells[at]!;
				t.is(Math.abs(before.column - column) + Math.abs(before.row - row), 1);
			}
		}),
		{numRuns: 60},
	);
});

test('a way never changes a name or a glyph of the map', async t => {
	const {world, attack} = await watched('shop', 'segmented');
	const box = {columns: 78, rows: 10, widthOf: stringWidth};
	const acted = fold(world, attack.slice(0, 40));
	const view = (attempts: typeof acted.attempts): readonly string[] =>
		mapView(opened({...acted, attempts}, 80, 24), box).map(textOf);
	const [without, with_] = [view([]), view(acted.attempts)];
	t.notDeepEqual(with_, without);
	for (const [row, line] of without.entries())
		for (const [column, character] of [...line].entries())
			if (!' ─│┬┴├┤'.includes(character)) t.is([...with_[row]!][column], character);
});
