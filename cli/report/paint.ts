// Colour repeats what glyphs and words say already. Who prints decides whether there is any.
import {styleText} from 'node:util';
import type {Painter} from '../../core/text/painter.ts';

export {noPaint, type Painter, type Style} from '../../core/text/painter.ts';

const looks = {title: 'bold', good: 'green', bad: 'red', warn: 'yellow', dim: 'dim'} as const;

/** ANSI colours, for a terminal that wants them: the caller has asked NO_COLOR and the stream. */
export const ansiPaint: Painter = (style, text) =>
	style === 'plain' || text.trim() === '' ? text : styleText(looks[style], text, {validateStream: false});
