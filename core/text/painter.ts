// Looks of text, by name: colour repeats what glyphs and words say already. Who prints decides whether there is any.

/** What a piece of text is; how that looks is the painter's. */
export type Style = 'plain' | 'title' | 'good' | 'bad' | 'warn' | 'dim';

/** Gives `text` a look without changing its width. */
export type Painter = (style: Style, text: string) => string;

export const noPaint: Painter = (_style, text) => text;
