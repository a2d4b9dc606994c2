import test from 'ava';
import fc from 'fast-check';
import stringWidth from 'string-width';
import type {Topology} from '../../../core/model/topology.ts';
import {type MapPlan, planMap} from '../../../tui/console/map/plan-map.ts';
import {topology, type WorkloadSpec} from '../../builders/topology.ts';
import {anyState} from './random-state.ts';

const many = (kinds: number, replicas: number, spec: (kind: number) => WorkloadSpec = () => ({})): Topology =>
	topology(
		Object.fromEntries(
			Array.from({length: kinds * replicas}, (_, at) => {
				const kind = Math.floor(at / replicas);
				return [`svc${kind}-${(at % replicas) + 1}.${['prod', 'test', 'dev'][kind % 3]}`, spec(kind)];
			}),
		),
	);
const plan = (
	of: Topology,
	columns: number,
	rows: number,
	opened: readonly string[] = [],
	zoom: string | null = null,
): MapPlan => planMap({topology: of, columns, rows, widthOf: stringWidth, opened: new Set(opened), zoom});
const spots = ({areas}: MapPlan) => areas.flatMap(area => area.spots);
const small = topology({
	'web-1.prod': {},
	'web-2.prod': {},
	'db.prod': {},
	'web.dev': {},
	customers: {outside: true},
	printer: {},
});

test('each workload has one spot, and spots and names keep to their area and never meet', t => {
	fc.assert(
		fc.property(anyState, fc.integer({min: 10, max: 200}), fc.integer({min: 4, max: 60}), (state, columns, rows) => {
			const {topology: own} = state.world.rehearsal;
			const found = plan(own, columns, rows, [...state.opened]);
			const named = spots(found).flatMap(({workloads}) => workloads.map(({name}) => name));
			t.is(new Set(named).size, named.length);
			const taken = new Set<string>();
			for (const area of found.areas) {
				const cells = [
					...area.spots.map(({column, row, width}) => ({column, row, width})),
					...area.rows.map(({column, row, width}) => ({column, row, width})),
				];
				for (const {column, row, width} of cells)
					for (let at = column; at < column + width; at++) {
						t.true(at >= area.column && at < area.column + area.columns && at < columns, `column ${at}`);
						t.true(row > area.row && row <= area.row + area.height && row < rows, `row ${row}`);
						t.false(taken.has(`${at},${row}`));
						taken.add(`${at},${row}`);
					}
			}
		}),
		{numRuns: 150},
	);
});

test('on a screen of 80 × 24 nothing of a small lab is folded or left out', t => {
	const found = plan(small, 78, 9);
	t.deepEqual(
		spots(found)
			.map(({id}) => id)
			.sort(),
		small.workloads.map(({name}) => name).sort(),
	);
	t.is(found.hidden, 0);
});

test('areas that find no room side by side stand below, and the wider box has fewer bands', t => {
	const bands = (columns: number): number => new Set(plan(small, columns, 30).areas.map(({row}) => row)).size;
	t.is(bands(120), 1);
	t.true(bands(40) > 1);
});

test('workloads in no environment are the last areas, called by what they are', t => {
	t.deepEqual(
		plan(small, 120, 20).areas.map(({title}) => title),
		['dev', 'prod', 'in no environment', 'outside'],
	);
});

test('100 kinds of 10 replicas: a folded cell has all replicas of its kind, or of its group, and none is lost', t => {
	const found = plan(
		many(100, 10, kind => ({labels: {tier: `tier${kind % 4}`}})),
		68,
		30,
	);
	t.is(
		spots(found).reduce((sum, {workloads}) => sum + workloads.length, 0),
		1000,
	);
	t.true(spots(found).every(({folded}) => folded));
});

test('1,000 kinds are folded by tier, and a group that is opened shows its kinds', t => {
	const lab = many(1000, 1, kind => ({labels: {tier: kind < 500 ? 'web' : kind < 997 ? 'data' : 'edge'}}));
	const found = plan(lab, 68, 30);
	t.true(found.areas.every(({rows}) => rows.length === 3));
	const opened = plan(lab, 68, 30, ['prod edge']);
	t.deepEqual(
		opened.areas.find(({title}) => title === 'prod')!.rows.map(({kind}) => kind === null),
		[true, true, false],
	);
	t.is(
		spots(opened).reduce((sum, {workloads}) => sum + workloads.length, 0),
		1000,
	);
});

test('a kind that is opened shows each replica', t => {
	const lab = topology(Object.fromEntries(Array.from({length: 40}, (_, at) => [`web-${at + 1}.prod`, {}])));
	t.is(spots(plan(lab, 78, 12)).length, 1);
	t.is(spots(plan(lab, 78, 12, ['web.prod'])).length, 40);
});

test('a closer look has one area, with its services; at what is no area, all of them', t => {
	const [area, ...others] = plan(small, 78, 12, [], 'prod').areas;
	t.deepEqual(others, []);
	t.is(area!.title, 'prod');
	t.true(area!.rows.every(({note}) => note !== null));
	t.is(plan(small, 78, 12, [], 'pord').areas.length, 4);
});

test('a map that is as high as what it uses is the same map', t => {
	fc.assert(
		fc.property(fc.integer({min: 20, max: 150}), fc.integer({min: 4, max: 40}), (columns, rows) => {
			const first = plan(small, columns, rows);
			if (first.used >= 2) t.deepEqual(spots(plan(small, columns, first.used)), spots(first));
		}),
	);
});
