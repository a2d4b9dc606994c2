const graphemes = new Intl.Segmenter();
/** No two of these make one grapheme. */
const single = /^[ -~\u00b7\u00d7\u2013\u2016\u2026\u2500-\u25ff\u2713\u2715\u2717]*$/;

/** What a reader takes for one character each. Asking Unicode takes far longer than drawing: what views are made of goes without. */
export const graphemesOf = (text: string): Iterable<string> =>
	single.test(text) ? text : Array.from(graphemes.segment(text), ({segment}) => segment);

/** One column wherever it is drawn, without looking it up: most of all that is. */
export const isNarrow = (grapheme: string): boolean => grapheme.length === 1 && grapheme >= ' ' && grapheme <= '~';
