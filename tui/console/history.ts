// A long list that grows at its end and forgets its beginning: immutable, and cheap to add to thousands of times a second.

/** Entries of one piece; only the last piece is copied when one is added. */
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

export function added<T>(list: History<T>, entry: T): History<T> {
	const last = list.pieces.at(-1)!;
	if (last.length < pieceLength)
		return {...list, length: list.length + 1, pieces: [...list.pieces.slice(0, -1), [...last, entry]]};
	const pieces = [...list.pieces, [entry]];
	const lost = pieces.length > list.mostPieces ? pieces.shift()!.length : 0;
	return {...list, length: list.length + 1 - lost, forgotten: list.forgotten + lost, pieces};
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
