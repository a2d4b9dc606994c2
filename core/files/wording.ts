// How messages name what stands in a file.

/** What was found, for people: `the number 3`, `the text "abc"`, `a list`; long texts are cut, and escaped as JSON has it. */
export function describeFound(value: unknown): string {
	if (value === undefined) return 'missing';
	if (value === null) return 'empty';
	if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
	if (typeof value === 'object') return 'a map';
	if (typeof value === 'string') return `the text ${quote(value)}`;
	return typeof value === 'number' ? `the number ${value}` : String(value);
}

/** A text of the user in quotes, at most 40 characters of it, with every control character escaped. */
export const quote = (text: string): string =>
	printable(JSON.stringify(text.length > 40 ? `${text.slice(0, 39)}…` : text));

/** `text` with what a terminal would obey or hide written as escapes. */
export const printable = (text: string): string => text.replaceAll(unseen, codeOf);

/** Controls, marks of direction and of no width. JSON leaves most of them as they are. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is its purpose
const unseen = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;
const codeOf = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** A zod type for people. */
export const describeWanted = (expected: string): string => wanted[expected] ?? expected;

const wanted: Readonly<Record<string, string>> = {
	string: 'a text',
	number: 'a number',
	int: 'a whole number',
	boolean: 'true or false',
	array: 'a list',
	object: 'a map',
	record: 'a map',
	null: 'nothing',
};

/** The part at `path` in a sentence: its key, with the one above where it is an item: `weak[0]`; the root is `the file`. */
export function nameOf(path: readonly (string | number)[]): string {
	const last = path.at(-1);
	if (last === undefined) return 'the file';
	return typeof last === 'string' ? clean(last) : `${nameOf(path.slice(0, -1))}[${last}]`;
}

/** Keys are words of the user too. */
const clean = (key: string): string => (/^[\w.@/-]{1,60}$/.test(key) ? key : quote(key));
