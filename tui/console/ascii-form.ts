/** What stands for a glyph where nothing beyond ASCII is printed; `?` for what has no such form, such as a user's letters. */
export const asciiForm = (grapheme: string): string => forms[grapheme] ?? '?';

const forms: Readonly<Record<string, string>> = {
	...{'✓': '+', '✗': 'x', '»': '>', '▸': '>', '▾': 'v', '▴': '^', '◂': '<', '▶': '>', '◀': '<', '≠': '!', '…': '~'},
	...{'–': '-', '─': '-', '╌': '-', '│': '|', '’': "'", '“': '"', '”': '"', '·': '.', '×': 'x', '‖': '|', '▏': '_'},
	...{'█': '#', '▌': '=', '▓': '#', '▒': '=', '◆': '*', '•': '.', '░': '.', '▄': '='},
};
