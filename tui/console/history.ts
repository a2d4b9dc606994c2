// A long list that grows at its end and forgets its beginning: immutable, and cheap to add to thousands of times a second.
import type {Batch} from './world/batch.ts';

/** Entries of one piece; only the last piece and the list of pieces are copied when one is added. */
const pieceLength = 64;

export interface History<T> {
	/** How many there are. */
	readonly length: number;
	/** How many were forgotten. */
	readonly forgotten: number;
	/** Full pieces, then the last; none is ever changed. */
	readonly pieces: readonly (readonly T[])[];
	readonly mostPieces: number;
}

/** An empty one that keeps about `most` entries, at least 64. */
export const history = <T>(most: number): History<T> => ({
	length: 0,
	forgotten: 0,
	pieces: [[]],
	mostPieces: Math.max(2, Math.ceil(most / pieceLength) + 1),
});

/** With one more; lists that this batch made already are not copied again. */
export function added<T>({length, forgotten, mostPieces, ...list}: History<T>, entry: T, batch: Batch): History<T> {
	const pieces = owned(list.pieces, batch);
	const last = pieces.at(-1)!;
	let lost = 0;
	if (last.length < pieceLength) {
		const piece = owned(last, batch);
		piece.push(entry);
		pieces[pieces.length - 1] = piece;
	} else {
		pieces.push(owned([entry], batch));
		if (pieces.length > mostPieces) lost = pieces.shift()!.length;
	}
	return {length: length + 1 - lost, forgotten: forgotten + lost, mostPieces, pieces};
}

function owned<T>(list: readonly T[], batch: Batch): T[] {
	if (batch.has(list)) return list as T[];
	const copy = [...list];
	batch.add(copy);
	return copy;
}

/** The entries from `start` (0 is the oldest that is kept) up to but without `end`. */
export function slice<T>({pieces, length}: History<T>, start: number, end: number): readonly T[] {
	const [from, to] = [Math.max(0, start), Math.min(length, end)];
	if (from >= to) return [];
	const first = Math.floor(from / pieceLength);
	return pieces
		.slice(first, Math.floor((to - 1) / pieceLength) + 1)
		.flat()
		.slice(from - first * pieceLength, to - first * pieceLength);
}

/** The newest, or undefined. */
export const newest = <T>({pieces}: History<T>): T | undefined => pieces.at(-1)!.at(-1) ?? pieces.at(-2)?.at(-1);

/** Every entry that is kept, oldest first. */
export const entries = <T>({pieces}: History<T>): readonly T[] => pieces.flat();

/** The entries from the newest back to the oldest that is kept, as far as one looks. */
export function* backwards<T>({pieces}: History<T>): Generator<T> {
	for (let piece = pieces.length - 1; piece >= 0; piece--) {
		const some = pieces[piece]!;
		for (let at = some.length - 1; at >= 0; at--) yield some[at]!;
	}
}
