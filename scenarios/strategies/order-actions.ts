import type {Knowledge, PlannedAction} from '../../core/contracts/technique.ts';

/** Where an action stands, the most telling number first. */
export type Standing = (action: PlannedAction) => readonly number[];

/**
 * Sorts actions by their standing, then their targets by the seed, then by key. The seed gives each target a place that
 * depends on nothing but its name, so that no other target moves when one is added.
 */
export function orderActions(
	actions: readonly PlannedAction[],
	seed: number,
	standing: Standing,
): readonly PlannedAction[] {
	return actions
		.map(action => ({action, place: [...standing(action), seededPlace(seed, action.to)]}))
		.sort((a, b) => compareNumbers(a.place, b.place) || compareText(a.action.key, b.action.key))
		.map(({action}) => action);
}

/** The order of pivots by their fall, 0 for the foothold. */
export const pivotOrder = ({pivots}: Knowledge): ReadonlyMap<string, number> =>
	new Map(pivots.map(({hostname}, at) => [hostname, at]));

/** FNV-1a over the seed's four bytes and the text, mixed at the end: 0 .. 2**32-1. */
function seededPlace(seed: number, text: string): number {
	let hash = 0x811c9dc5;
	const eat = (byte: number): void => {
		hash = Math.imul(hash ^ byte, 0x01000193);
	};
	for (const shift of [0, 8, 16, 24]) eat((seed >>> shift) & 255);
	for (let at = 0; at < text.length; at++) eat(text.charCodeAt(at));
	hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
	return (hash ^ (hash >>> 13)) >>> 0;
}

function compareNumbers(a: readonly number[], b: readonly number[]): number {
	const differs = a.findIndex((number, at) => number !== b[at]);
	return differs < 0 ? 0 : a[differs]! - b[differs]!;
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
