// What a cell of the matrix shows: what the model expects of it, and whether packets said the same.
import {marks} from '../../../core/text/marks.ts';
import type {Look} from '../../line.ts';
import {cellKey, type World} from '../world/world.ts';
import type {Expected, ExpectedService, Share} from './expected.ts';

export type Outcome = World['measured'] extends ReadonlyMap<string, infer One> ? One : never;

/** `agrees` with the model, `differs` from it, or nobody knows yet. */
export type Measured = 'agrees' | 'differs' | 'unknown';

export interface CellState {
	/** Of the destination's services. */
	readonly share: Share;
	readonly measured: Measured;
	/** The model denies what a dependency needs. */
	readonly breaks: boolean;
}

/** What was measured of one service; undefined: nothing yet. */
export type OutcomeOf = (row: number, column: number, service: ExpectedService) => Outcome | undefined;

/** By the keys of the world where a row is a kind; else gathered once from all of them. */
export function outcomesOf(measured: World['measured'], expected: Expected): OutcomeOf {
	const {axes} = expected;
	if (!axes.folded)
		return (row, column, {service: {protocol, port, lastPort}}) => {
			const [from, to] = [axes.rows[row]!.kinds[0]!.name, axes.columns[column]!.kinds[0]!.name];
			return (
				measured.get(cellKey(from, to, protocol, port)) ??
				(lastPort === port ? undefined : measured.get(cellKey(from, to, protocol, lastPort)))
			);
		};
	const gathered = gatheredOf(measured, expected);
	return (row, column, {service: {protocol, port}}) => gathered.get(`${row} ${column} ${port}/${protocol}`);
}

interface Gathered {
	readonly expected: Expected;
	readonly outcomes: ReadonlyMap<string, Outcome>;
}

const known = new WeakMap<World['measured'], Gathered>();

function gatheredOf(measured: World['measured'], expected: Expected): ReadonlyMap<string, Outcome> {
	const found = known.get(measured);
	if (found?.expected === expected) return found.outcomes;
	const {rowOf, columnOf} = expected;
	const gathered = new Map<string, Outcome>();
	for (const [key, outcome] of measured) {
		const [arrow, colon] = [key.indexOf('>'), key.lastIndexOf(':')];
		const [row, column] = [rowOf.get(key.slice(0, arrow)), columnOf.get(key.slice(arrow + 1, colon))];
		if (row === undefined || column === undefined) continue;
		const own = `${row} ${column} ${key.slice(colon + 1)}`;
		const before = gathered.get(own);
		gathered.set(own, before === undefined || before === outcome ? outcome : 'mixed');
	}
	known.set(measured, {expected, outcomes: gathered});
	return gathered;
}

/** Where replicas are judged differently, a part of them may have been probed: then nothing differs. */
export function compared(share: Share, outcome: Outcome | undefined): Measured {
	if (outcome === undefined || outcome === 'inconclusive') return 'unknown';
	if (share === 'some') return 'agrees';
	const arrived = outcome === 'open' || outcome === 'closed';
	return arrived === (share === 'all') && outcome !== 'mixed' ? 'agrees' : 'differs';
}

/** By the numbers of row and column; null where source and destination are no pair. */
export type CellStates = (row: number, column: number) => CellState | null;

const knownStates = new WeakMap<World['measured'], {readonly expected: Expected; readonly states: CellStates}>();

/** What is known now, each cell worked out when it is first looked at. */
export function cellStates(expected: Expected, measured: World['measured']): CellStates {
	const found = knownStates.get(measured);
	if (found?.expected === expected) return found.states;
	const outcome = outcomesOf(measured, expected);
	const made = new Map<number, CellState | null>();
	const states: CellStates = (row, column) => {
		const key = row * expected.axes.columns.length + column;
		let state = made.get(key);
		if (state === undefined) made.set(key, (state = stateOf(expected, outcome, row, column)));
		return state;
	};
	knownStates.set(measured, {expected, states});
	return states;
}

/** A cell is as sure as the least sure of its services. */
function stateOf(expected: Expected, outcome: OutcomeOf, row: number, column: number): CellState | null {
	const services = expected.cell(row, column);
	if (services === null) return null;
	let [measured, breaks]: [Measured, boolean] = ['agrees', false];
	for (const one of services) {
		const said = compared(one.share, outcome(row, column, one));
		if (measured !== 'differs' && said !== 'agrees') measured = said;
		breaks ||= one.need !== null && one.share !== 'all';
	}
	return {share: together(services.map(({share}) => share)), measured, breaks};
}

/** Of several cells as one. */
export const joined = (states: readonly CellState[]): CellState | null =>
	states.length === 0
		? null
		: {
				share: together(states.map(({share}) => share)),
				measured: states.some(({measured}) => measured === 'differs')
					? 'differs'
					: states.some(({measured}) => measured === 'unknown')
						? 'unknown'
						: 'agrees',
				breaks: states.some(({breaks}) => breaks),
			};

const together = (shares: readonly Share[]): Share => {
	const [first] = shares;
	return first !== undefined && shares.every(share => share === first) ? first : 'some';
};

export interface CellGlyph {
	readonly text: string;
	readonly ascii: string;
	readonly look: Look;
}

/** Solid where packets said the same, light where nobody knows yet. */
export const cellGlyphs = {
	sure: {
		all: {text: '█', ascii: '#', look: 'plain'},
		some: {text: '▄', ascii: '+', look: 'plain'},
		none: {text: '•', ascii: '-', look: 'plain'},
	},
	unsure: {
		all: {text: '▒', ascii: '%', look: 'dim'},
		some: {text: '░', ascii: '~', look: 'dim'},
		none: {text: '·', ascii: '.', look: 'dim'},
	},
	breaks: {text: marks.bad, ascii: 'x', look: 'warn'},
	differs: {text: '!', ascii: '!', look: 'bad'},
} as const satisfies Record<string, CellGlyph | Record<Share, CellGlyph>>;

export function glyphOf({share, measured, breaks}: CellState): CellGlyph {
	if (measured === 'differs') return cellGlyphs.differs;
	if (breaks) return cellGlyphs.breaks;
	return cellGlyphs[measured === 'agrees' ? 'sure' : 'unsure'][share];
}
