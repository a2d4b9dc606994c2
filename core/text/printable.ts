/**
 * `text` with every character that a terminal could take for an order (escape sequences, carriage returns,
 * bidirectional marks) as `\u{1b}`; newlines and tabs stay. Words that a user wrote are printed through it.
 */
export const printable = (text: string): string =>
	text.replaceAll(orders, character => `\\u{${character.codePointAt(0)!.toString(16)}}`);

// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is its purpose
const orders = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
