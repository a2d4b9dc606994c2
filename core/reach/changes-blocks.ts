// Pairs put together: sources that have the same destinations are one block, so that a change reads as few lines.

/** Every source with every destination. Sorted numbers. */
export interface Block {
	readonly sources: readonly number[];
	readonly destinations: readonly number[];
}

/** The destinations of one source. */
interface Row {
	readonly source: number;
	readonly destinations: readonly number[];
	/** Of the destinations, whatever their order: so that one more is added without seeing the others. */
	readonly hash: number;
}

export interface Fold {
	/** Destinations that were not given for this source before; sources come in ascending order. */
	add(source: number, destinations: readonly number[]): void;
	blocks(): readonly Block[];
}

/**
 * @param single - by number, whether it stands for one thing, which is no pair with itself: such a source joins those of
 * the same destinations and itself
 */
export function createFold(single: readonly boolean[]): Fold {
	const rows: Row[] = [];
	return {
		add(source, destinations) {
			const before = rows.at(-1)?.source === source ? rows.pop()! : undefined;
			const all = before === undefined ? destinations : [...before.destinations, ...destinations].sort(ascending);
			let hash = 0;
			for (const one of all) hash = (hash + scrambled(one)) | 0;
			rows.push({source, destinations: all, hash});
		},
		blocks: () => blocksOf(rows, single),
	};
}

const ascending = (a: number, b: number): number => a - b;

const scrambled = (number: number): number => {
	const mixed = Math.imul(number + 1, 0x9e3779b1);
	return Math.imul(mixed ^ (mixed >>> 15), 0x85ebca6b);
};

function blocksOf(rows: readonly Row[], single: readonly boolean[]): readonly Block[] {
	const exact = new Map<number, number>();
	const widened = new Map<number, number>();
	const wide = rows.map(row => widenedHash(row, single));
	for (const [at, {hash}] of rows.entries()) {
		exact.set(hash, (exact.get(hash) ?? 0) + 1);
		const other = wide[at]!;
		if (other !== null) widened.set(other, (widened.get(other) ?? 0) + 1);
	}
	const groups = new Map<number, {readonly destinations: readonly number[]; readonly sources: number[]}[]>();
	for (const [at, {source, destinations, hash}] of rows.entries()) {
		const other = wide[at]!;
		const company = other === null ? 0 : widened.get(other)! + (exact.get(other) ?? 0);
		const widens = company > 1 && company > exact.get(hash)!;
		const key = widens ? other! : hash;
		const all = widens ? [...destinations, source].sort(ascending) : destinations;
		const alike = groups.get(key) ?? [];
		groups.set(key, alike);
		const group = alike.find(one => sameNumbers(one.destinations, all));
		if (group === undefined) alike.push({destinations: all, sources: [source]});
		else group.sources.push(source);
	}
	return [...groups.values()]
		.flat()
		.sort((a, b) => a.sources[0]! - b.sources[0]! || a.destinations[0]! - b.destinations[0]!);
}

/** The hash with the source among its destinations; null where it is there already, or means several things. */
const widenedHash = ({source, destinations, hash}: Row, single: readonly boolean[]): number | null =>
	single[source]! && !destinations.includes(source) ? (hash + scrambled(source)) | 0 : null;

const sameNumbers = (a: readonly number[], b: readonly number[]): boolean =>
	a.length === b.length && a.every((number, at) => number === b[at]);
