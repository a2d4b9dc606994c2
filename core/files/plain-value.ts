// From the yaml library's nodes to plain values, each with the offsets where it stands. In place of the library's own
// toJS: that compares every key with every other, and expands aliases without bound.
import {isAlias, isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap} from 'yaml';
import {textLimits} from './text-limits.ts';
import {quote} from './wording.ts';

/** Where a value stands: offsets of its key (of itself, in a list) and of the value, and the same for what is in it. */
export interface Spot {
	readonly key: number;
	readonly value: number;
	readonly inside: ReadonlyMap<string | number, Spot>;
}

/** A problem before it has a place. */
export interface Fault {
	readonly offset: number;
	readonly what: string;
	readonly mend: string;
}

export interface Plain {
	readonly value: unknown;
	readonly spot: Spot;
	readonly faults: readonly Fault[];
}

/** Values that a file may have with its aliases expanded. */
const mostValues = 500_000;
const tooMany = `more than ${mostValues} values with its aliases`;

interface Result {
	readonly value: unknown;
	readonly spot: Spot;
	/** Values in it, aliases expanded. */
	readonly size: number;
}

interface Walk {
	readonly anchors: Map<string, Result | 'open'>;
	readonly faults: Fault[];
	readonly merging: boolean;
}

const nowhere: ReadonlyMap<string | number, Spot> = new Map();

/**
 * Maps become objects, lists arrays, keys strings (`22:` is the key `22`); aliases share the value they stand for.
 *
 * @param mergeKeys - `read`: `<<` adds the keys of a map, or of a list of maps, that the map around it lacks (YAML 1.1)
 */
export function plainValue(root: Node | null, mergeKeys: 'read' | 'refused' = 'refused'): Plain {
	const walk: Walk = {anchors: new Map(), faults: [], merging: mergeKeys === 'read'};
	const {value, spot} = convert(walk, root, offsetOf(root, 0), 0);
	return {value: walk.faults.some(({what}) => what === tooMany) ? null : value, spot, faults: walk.faults};
}

function convert(walk: Walk, node: Node | null, key: number, depth: number): Result {
	const offset = offsetOf(node, key);
	const bare = (value: unknown): Result => ({value, spot: {key, value: offset, inside: nowhere}, size: 1});
	if (node === null) return bare(null);
	if (isAlias(node)) return aliased(walk, node.source, offset, key);
	if (depth > textLimits.depth) {
		fault(walk, offset, `nested more than ${textLimits.depth} levels deep`, '');
		return bare(null);
	}
	const anchor = 'anchor' in node ? node.anchor : undefined;
	if (anchor !== undefined) walk.anchors.set(anchor, 'open');
	const result = isMap(node)
		? fromMap(walk, node, key, depth)
		: isSeq(node)
			? fromList(walk, node.items as (Node | null)[], {key, value: offset}, depth)
			: bare(isScalar(node) ? node.value : null);
	if (anchor !== undefined) walk.anchors.set(anchor, result);
	if (result.size > mostValues) fault(walk, offset, tooMany, '');
	return result;
}

function aliased(walk: Walk, name: string, offset: number, key: number): Result {
	const target = walk.anchors.get(name);
	if (target !== undefined && target !== 'open')
		return {value: target.value, size: target.size, spot: {...target.spot, key}};
	if (target === 'open') fault(walk, offset, `the alias ${quote(`*${name}`)} stands inside what it stands for`, '');
	else fault(walk, offset, `no anchor ${quote(`&${name}`)} comes before this alias`, '');
	return {value: null, size: 1, spot: {key, value: offset, inside: nowhere}};
}

function fromMap(walk: Walk, node: YAMLMap, key: number, depth: number): Result {
	const value: Record<string, unknown> = {};
	const inside = new Map<string | number, Spot>();
	const merged: Result[] = [];
	let size = 1;
	for (const pair of node.items as Pair<Node | null, Node | null>[]) {
		const at = offsetOf(pair.key, offsetOf(node, key));
		if (walk.merging && isScalar(pair.key) && pair.key.value === '<<') {
			merged.push(...mergedMaps(walk, convert(walk, pair.value, at, depth + 1), at));
			continue;
		}
		const name = keyName(walk, pair.key, at);
		if (name === undefined) continue;
		if (inside.has(name)) {
			fault(walk, at, `the key ${quote(name)} stands twice in one map`, 'keep one of them');
			continue;
		}
		const child = convert(walk, pair.value, at, depth + 1);
		value[name] = child.value;
		inside.set(name, child.spot);
		size += child.size;
	}
	for (const {value: from, spot} of merged)
		for (const [name, child] of spot.inside) {
			if (inside.has(name)) continue;
			value[name] = (from as Record<string, unknown>)[name];
			inside.set(name, child);
			size++;
		}
	return {value, size, spot: {key, value: offsetOf(node, key), inside}};
}

/** The maps that a merge key names; of two with one key the first counts. */
function mergedMaps(walk: Walk, {value, spot, size}: Result, offset: number): readonly Result[] {
	const isMapValue = (one: unknown): boolean => typeof one === 'object' && one !== null && !Array.isArray(one);
	const parts = Array.isArray(value)
		? value.map((one, at): Result => ({value: one, spot: spot.inside.get(at)!, size: 1}))
		: [{value, spot, size}];
	const maps = parts.filter(one => isMapValue(one.value));
	if (maps.length < parts.length) fault(walk, offset, 'a merge key (<<) names something that is no map', '');
	return maps;
}

function fromList(walk: Walk, items: (Node | null)[], at: {key: number; value: number}, depth: number): Result {
	const children = items.map(item => convert(walk, item, offsetOf(item, at.value), depth + 1));
	return {
		value: children.map(child => child.value),
		size: children.reduce((sum, child) => sum + child.size, 1),
		spot: {...at, inside: new Map(children.map((child, index) => [index, child.spot]))},
	};
}

function keyName(walk: Walk, node: Node | null, offset: number): string | undefined {
	if (isScalar(node) && node.value !== null && node.value !== '') {
		const name = typeof node.value === 'string' ? node.value : (node.source ?? String(node.value));
		if (name === '<<') fault(walk, offset, 'merge keys (<<) are not read here', 'write the keys out, or use an alias');
		else if (name !== '__proto__') return name;
		else fault(walk, offset, 'a key cannot be called __proto__', '');
	} else fault(walk, offset, 'a key must be a word', 'is a quote or a name missing before the colon?');
	return undefined;
}

const fault = (walk: Walk, offset: number, what: string, mend: string): void => {
	if (walk.faults.length < 100 || what === tooMany) walk.faults.push({offset, what, mend});
};

const offsetOf = (node: Node | null, otherwise: number): number => node?.range?.[0] ?? otherwise;
