import test from 'ava';
import fc from 'fast-check';
import stringWidth from 'string-width';
import {planMap} from '../../../tui/console/map/plan-map.ts';
import {areaAround, type Direction, nextSpot, spotAt} from '../../../tui/console/map/spot-at.ts';
import {topology} from '../../builders/topology.ts';
import {anyState} from './random-state.ts';

const shop = topology({
	'api-1.prod': {},
	'api-2.prod': {},
	'db.prod': {},
	'api.test': {},
	'db.test': {},
	office: {outside: true},
});
const plan = planMap({topology: shop, columns: 76, rows: 12, widthOf: stringWidth, opened: new Set(), zoom: null});

for (const [chosen, direction, next] of [
	[null, 'right', 'api-1.prod'],
	['nobody', 'down', 'api-1.prod'],
	['api-1.prod', 'right', 'api-2.prod'],
	['api-2.prod', 'right', 'api.test'],
	['api.test', 'left', 'api-2.prod'],
	['api-1.prod', 'down', 'db.prod'],
	['db.prod', 'down', 'db.prod'],
	['db.prod', 'up', 'api-1.prod'],
	['db.test', 'left', 'db.prod'],
	['api-1.prod', 'left', 'api-1.prod'],
	['api-1.prod', 'previous', 'office'],
	['office', 'next', 'api-1.prod'],
	['api.prod', 'right', 'api-2.prod'],
] as const)
	test(`from ${chosen} ${direction} is ${next}`, t => {
		t.is(nextSpot(plan, chosen, direction), next);
	});

test('a glyph, the blank behind it and the name before it are the workload; what is blank or a heading is none', t => {
	const {column, row} = plan.areas.flatMap(({spots}) => spots).find(({id}) => id === 'db.prod')!;
	for (const at of [column, column + 1, column - 1, column - 4]) t.is(spotAt(plan, at, row)?.id, 'db.prod', `${at}`);
	t.is(spotAt(plan, column + 4, row), null);
	t.is(spotAt(plan, column, 0), null);
	t.is(spotAt(plan, -1, -1), null);
});

test('the area around what is chosen is its environment', t => {
	t.is(areaAround(plan, 'db.test'), 'test');
	t.is(areaAround(plan, 'api.prod'), 'prod');
	t.is(areaAround(plan, null), null);
});

test('on any map a step leads to a spot, a step ahead never back, and next goes through all of them', t => {
	fc.assert(
		fc.property(anyState, fc.integer({min: 20, max: 160}), fc.integer({min: 4, max: 50}), (state, columns, rows) => {
			const {topology: own} = state.world.rehearsal;
			const map = planMap({topology: own, columns, rows, widthOf: stringWidth, opened: state.opened, zoom: null});
			const spots = map.areas.flatMap(area => area.spots);
			const ids = new Set(spots.map(({id}) => id));
			for (const spot of spots.slice(0, 12))
				for (const direction of ['left', 'right', 'up', 'down'] satisfies Direction[]) {
					const next = spots.find(({id}) => id === nextSpot(map, spot.id, direction))!;
					if (next.id === spot.id) continue;
					if (direction === 'left') t.true(next.column < spot.column);
					if (direction === 'right') t.true(next.column > spot.column);
					if (direction === 'up') t.true(next.row < spot.row);
					if (direction === 'down') t.true(next.row > spot.row);
				}
			const seen = new Set<string>();
			for (let at = nextSpot(map, null, 'next'); at !== null && !seen.has(at); at = nextSpot(map, at, 'next'))
				seen.add(at);
			t.deepEqual(seen, ids);
		}),
		{numRuns: 60},
	);
});
