// Typing: the caret stands behind the text.

const graphemes = new Intl.Segmenter();
const mostTyped = 500;

/** The text after a key; one that writes nothing leaves it. */
export function typed(text: string, key: string): string {
	switch (key) {
		case 'space':
			return written(text, ' ');
		case 'backspace':
		case 'C-h':
			return [...graphemes.segment(text)]
				.slice(0, -1)
				.map(({segment}) => segment)
				.join('');
		case 'C-u':
			return '';
		case 'C-w':
			return text.replace(/\S*\s*$/, '');
		default:
			// Names of keys are several ASCII letters; a character is one, whatever its length.
			return /^[^\p{C}]$/u.test(key) ? written(text, key) : text;
	}
}

const written = (text: string, character: string): string => (text.length >= mostTyped ? text : text + character);
