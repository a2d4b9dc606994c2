// A long list as lines: as many as there is room for are made, the others only counted, and that once for each piece of
// the list.
import type {Line} from '../../line.ts';
import type {History} from '../history.ts';
import type {Scroll} from '../state.ts';

export interface Listing<T> {
	readonly list: History<T>;
	/** What else the counts follow from: the filter, the width. */
	readonly key: string;
	/** Lines that an entry takes; 0 where it is left out. */
	count(entry: T): number;
	/** Exactly so many. */
	render(entry: T): readonly Line[];
}

const known = new WeakMap<readonly unknown[], {readonly key: string; readonly count: number}>();

/** Lines in all. */
export const lengthOf = <T>(listing: Listing<T>): number =>
	listing.list.pieces.reduce((sum, piece) => sum + countOf(listing, piece), 0);

function countOf<T>({key, count}: Listing<T>, piece: readonly T[]): number {
	const before = known.get(piece);
	if (before?.key === key) return before.count;
	const sum = piece.reduce((total, entry) => total + count(entry), 0);
	known.set(piece, {key, count: sum});
	return sum;
}

export interface Window {
	readonly lines: readonly Line[];
	/** Lines before and after them. */
	readonly above: number;
	readonly below: number;
}

/** So many rows of it: the last, or those from where it is looked at. */
export function windowOf<T>(listing: Listing<T>, scroll: Scroll | undefined, rows: number): Window {
	const length = lengthOf(listing);
	const last = Math.max(0, length - Math.max(0, rows));
	const wanted = scroll?.kind === 'at' && Number.isFinite(scroll.top) ? Math.floor(scroll.top) : last;
	const top = Math.max(0, Math.min(last, wanted));
	const end = Math.min(length, top + Math.max(0, rows));
	return {lines: between(listing, top, end), above: top, below: length - end};
}

function between<T>(listing: Listing<T>, top: number, end: number): readonly Line[] {
	const lines: Line[] = [];
	let at = 0;
	for (const piece of listing.list.pieces) {
		const count = countOf(listing, piece);
		if (at + count > top && at < end) {
			let line = at;
			for (const entry of piece) {
				const own = listing.count(entry);
				if (own > 0 && line + own > top && line < end)
					lines.push(...listing.render(entry).slice(Math.max(0, top - line), Math.max(0, end - line)));
				line += own;
			}
		}
		at += count;
	}
	return lines;
}
