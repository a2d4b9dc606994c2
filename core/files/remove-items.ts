// Takes items out of the lists of a YAML file and leaves everything else as its author wrote it, comments included.
import {
	isAlias,
	isCollection,
	isMap,
	isNode,
	isScalar,
	isSeq,
	LineCounter,
	type Node,
	parseAllDocuments,
	visit,
	type YAMLSeq,
} from 'yaml';

/** Where an item begins: 1-based, as problems and rules have it. */
export interface ItemPlace {
	readonly line: number;
	readonly column: number;
}

interface Edit {
	readonly from: number;
	readonly to: number;
	readonly put: string;
}

/**
 * The text without the items that begin at `places`; a list that loses all of them stays as `[]`. Null where one of the
 * places is no item that can be told apart in the text: then nothing is known to be safe. Streams of several documents
 * and JSON too; comments on lines of their own stay.
 */
export function removeItems(text: string, places: readonly ItemPlace[]): string | null {
	const lines = new LineCounter();
	const documents = parseAllDocuments(text, {lineCounter: lines, uniqueKeys: false});
	if ('empty' in documents || documents.some(({errors}) => errors.length > 0)) return null;
	const wanted = new Set(places.map(({line, column}) => (lines.lineStarts[line - 1] ?? -1) + column - 1));
	const edits: Edit[] = [];
	let unsafe = false;
	let found = 0;
	for (const document of documents)
		visit(document, {
			Seq(_, list, path) {
				const gone = list.items.filter(item => isNode(item) && wanted.has(item.range?.[0] ?? -1)) as Node[];
				if (gone.length === 0) return undefined;
				found += gone.length;
				const own = list.flow === true ? flowEdits(list, gone) : blockEdits(text, list, gone, path.at(-1));
				unsafe ||= own.includes(null);
				edits.push(...own.filter(edit => edit !== null));
				return visit.SKIP;
			},
		});
	if (unsafe || found !== wanted.size) return null;
	return edits
		.sort((a, b) => b.from - a.from || b.to - a.to)
		.reduce((left, {from, to, put}) => left.slice(0, from) + put + left.slice(to), text);
}

/** From the dash to the end of the last line, with one of two blank lines that would meet. Null where the dash is not first on its line. */
function blockEdit(text: string, item: Node): Edit | null {
	const dash = text.slice(0, item.range![0]).lastIndexOf('-');
	const from = text.lastIndexOf('\n', dash) + 1;
	if (!/^[ \t]*$/.test(text.slice(from, dash)) || !/^-\s+$/.test(text.slice(dash, item.range![0]))) return null;
	const lineEnd = text.indexOf('\n', lastContent(text, item));
	const to = lineEnd === -1 ? text.length : lineEnd + 1;
	const blank = /^[ \t]*\r?\n/.exec(text.slice(to));
	const blankBefore = /\n[ \t]*\r?\n$/.test(text.slice(0, from));
	return {from, to: blank !== null && blankBefore ? to + blank[0].length : to, put: ''};
}

/** Offset of the last character that belongs to the node and is no blank, line end or comment. */
function lastContent(text: string, node: Node): number {
	let end = node.range![0] + 1;
	const reach = (one: Node): void => {
		if (isScalar(one) || isAlias(one) || (isCollection(one) && one.flow === true))
			end = Math.max(end, one.range?.[1] ?? 0);
		else if (isMap(one))
			for (const {key, value} of one.items) for (const part of [key, value]) if (isNode(part)) reach(part);
		if (isSeq(one) && one.flow !== true) for (const part of one.items) if (isNode(part)) reach(part);
	};
	reach(node);
	return text.slice(0, end).trimEnd().length - 1;
}

/** Runs of items with the commas behind them, or before them at the end of the list. */
function flowEdits(list: YAMLSeq, gone: readonly Node[]): readonly (Edit | null)[] {
	const items = list.items as Node[];
	if (items.some(item => !isNode(item))) return [null];
	if (gone.length === items.length) return [{from: list.range![0], to: list.range![1], put: '[]'}];
	const last = items.findLastIndex(item => !gone.includes(item));
	const inside = gone
		.filter(item => items.indexOf(item) < last)
		.map(item => ({from: item.range![0], to: items[items.indexOf(item) + 1]!.range![0], put: ''}));
	const end = {from: items[last]!.range![1], to: items.at(-1)!.range![1], put: ''};
	return last === items.length - 1 ? inside : [...inside, end];
}

function blockEdits(text: string, list: YAMLSeq, gone: readonly Node[], parent: unknown): readonly (Edit | null)[] {
	const edits = gone.map(item => blockEdit(text, item));
	if (gone.length < list.items.length) return edits;
	const key = (parent as {readonly key?: unknown} | undefined)?.key;
	if (!isNode(key)) return [null];
	const colon = text.indexOf(':', key.range![1]);
	return [...edits, {from: colon + 1, to: colon + 1, put: ' []'}];
}
