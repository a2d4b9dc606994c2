import type {Page} from '../report/lines.ts';
import {ansiPaint, noPaint} from '../report/paint.ts';

/** The terminal that results go to; 100 columns where it is none. */
export const page = (): Page => ({
	width: Math.max(60, Math.min(process.stdout.columns ?? 100, 160)),
	paint: process.stdout.isTTY && !process.env.NO_COLOR ? ansiPaint : noPaint,
});
