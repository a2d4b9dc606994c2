// Where the values of a JSON text stand, found when somebody asks: a dump has a million values, and few of them are wrong.
import type {Document} from '../files/document.ts';
import type {Place} from '../model/problem.ts';

interface Spot {
	readonly key: number;
	readonly value: number;
}

/** `place` of a document that is the valid JSON `text`. Each container is searched once, whatever is asked of it. */
export function jsonPlaces(file: string, text: string): Document['place'] {
	const children = new Map<number, ReadonlyMap<string | number, Spot>>();
	const inside = (offset: number): ReadonlyMap<string | number, Spot> => {
		const known = children.get(offset) ?? childrenAt(text, offset);
		children.set(offset, known);
		return known;
	};
	const at = placer(file, text);
	const start = blanks(text, 0);
	return (path, part = 'value') => {
		let spot: Spot = {key: start, value: start};
		for (const step of path) {
			const next = inside(spot.value).get(step);
			if (next === undefined) return at(spot.key);
			spot = next;
		}
		return at(part === 'key' ? spot.key : spot.value);
	};
}

function placer(file: string, text: string): (offset: number) => Place {
	const lines = [0];
	for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines.push(at + 1);
	return offset => {
		let [low, high] = [0, lines.length - 1];
		while (low < high) {
			const middle = (low + high + 1) >> 1;
			if (lines[middle]! <= offset) low = middle;
			else high = middle - 1;
		}
		return {file, line: low + 1, column: offset - lines[low]! + 1};
	};
}

/** Keys or indexes of the container at `offset`; none where a scalar stands there. */
function childrenAt(text: string, offset: number): ReadonlyMap<string | number, Spot> {
	const found = new Map<string | number, Spot>();
	const isMap = text[offset] === '{';
	if (!isMap && text[offset] !== '[') return found;
	let at = blanks(text, offset + 1);
	while (at < text.length && text[at] !== '}' && text[at] !== ']') {
		const key = at;
		let name: string | number = found.size;
		if (isMap) {
			const end = stringEnd(text, at);
			name = JSON.parse(text.slice(at, end)) as string;
			at = blanks(text, blanks(text, end) + 1);
		}
		found.set(name, {key, value: at});
		at = blanks(text, valueEnd(text, at));
		if (text[at] === ',') at = blanks(text, at + 1);
	}
	return found;
}

const blanks = (text: string, from: number): number => {
	let at = from;
	while (at < text.length && text.charCodeAt(at) <= 0x20) at++;
	return at;
};

/** After the quote that closes the string at `from`. */
function stringEnd(text: string, from: number): number {
	let at = from + 1;
	while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
	return at + 1;
}

/** After the value at `from`, whatever it is. */
function valueEnd(text: string, from: number): number {
	let depth = 0;
	for (let at = from; at < text.length; at++) {
		const character = text[at];
		if (character === '"') at = stringEnd(text, at) - 1;
		else if (character === '{' || character === '[') depth++;
		else if (character === '}' || character === ']') {
			if (depth === 0) return at;
			depth--;
		} else if (character === ',' && depth === 0) return at;
		if (depth === 0 && (character === '"' || character === '}' || character === ']')) return at + 1;
	}
	return text.length;
}
