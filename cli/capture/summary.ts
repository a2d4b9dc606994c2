import {plainWord} from '../../core/files/plain-word.ts';
import {count, plural} from '../report/lines.ts';
import type {Captured} from './run-capture.ts';

export interface SummaryAbout {
	readonly lab: string;
	readonly taps: readonly string[];
	/** The file; undefined for text. */
	readonly path: string | undefined;
	readonly bytes: number;
}

/** What was captured and what was not, with its newlines. */
export function summaryOf({ended, packets, statistics}: Captured, {lab, taps, path, bytes}: SummaryAbout): string {
	const file = path === undefined || path === '-' ? '' : ` in ${plainWord(path)} (${size(bytes)})`;
	const lost = statistics.filter(({dropped}) => dropped > 0n);
	const all = lost.reduce((sum, {dropped}) => sum + dropped, 0n);
	const where = lost.map(({tap, dropped}) => `${taps[tap]} ${count(Number(dropped))}`).join(', ');
	return [
		...(ended === 'lab-gone' ? [`the lab ${lab} is gone, and the capture ended with it`] : []),
		...(ended === 'tap-gone' ? ['the program that captures was killed: packets since are missing'] : []),
		`${plural(packets, 'packet')} of ${plural(taps.length, 'workload')}${file}; ${
			all === 0n ? 'the kernel dropped none' : `the kernel dropped ${count(Number(all))} for want of room: ${where}`
		}`,
		'',
	].join('\n');
}

const size = (bytes: number): string =>
	bytes < 10_000
		? `${bytes} bytes`
		: bytes < 10_000_000
			? `${Math.round(bytes / 1000)} kB`
			: `${Math.round(bytes / 1e6)} MB`;
