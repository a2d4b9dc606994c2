// Many events make one new world: its maps and lists are copied once for all of them.

/** The maps and lists that were copied for this batch, which alone may change them. */
export type Batch = WeakSet<object>;

/** The map, to be changed: a copy, unless this batch made it. */
export function editable<K, V>(map: ReadonlyMap<K, V>, batch: Batch): Map<K, V> {
	if (batch.has(map)) return map as Map<K, V>;
	const copy = new Map(map);
	batch.add(copy);
	return copy;
}
