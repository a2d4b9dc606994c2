// Colour repeats what glyphs and words say already. Who prints decides whether there is any.
import {styleText} from 'node:util';

/** What a piece of text is; how that looks is the painter's. */
export type Style = 'plain' | 'title' | 'good' | 'bad' | 'warn' | 'dim';

/** Gives `text` a look without changing its width. */
export type Painter = (style: Style, text: string) => string;

export const noPaint: Painter = (_style, text) => text;

const looks = {title: 'bold', good: 'green', bad: 'red', warn: 'yellow', dim: 'dim'} as const;

/** ANSI colours, for a terminal that wants them: the caller has asked NO_COLOR and the stream. */
export const ansiPaint: Painter = (style, text) =>
	style === 'plain' || text.trim() === '' ? text : styleText(looks[style], text, {validateStream: false});
