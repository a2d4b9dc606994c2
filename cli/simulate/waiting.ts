// What a person sees while a simulation takes its time: nothing for a second, then where it is.

import type {Io} from '../io.ts';
import {canDraw} from '../progress.ts';
import {count, oneLine} from '../report/lines.ts';

export interface Waiting {
	see(stage: string, done: number, total: number | null): void;
	/** Takes the line away; harmless twice. */
	end(): void;
}

const patienceMs = 1000;
const plainEveryMs = 5000;

export function startWaiting(io: Io, now: () => number): Waiting {
	const draws = canDraw({stream: process.stderr, environment: {TERM: process.env.TERM, CI: process.env.CI}});
	const startedMs = now();
	let toldMs = Number.NEGATIVE_INFINITY;
	let drawn = false;
	return {
		see(stage, done, total) {
			const at = now();
			if (at - startedMs < patienceMs || at - toldMs < (draws ? 100 : plainEveryMs)) return;
			toldMs = at;
			const how = done === 0 ? '' : ` ${count(done)}${total === null ? '' : ` of ${count(total)}`}`;
			const text = `  ${oneLine(stage)}${how}`;
			if (draws) io.err(`\r${text.slice(0, Math.max(20, (process.stderr.columns ?? 80) - 1))}\x1b[K`);
			else io.err(`${text}\n`);
			drawn = draws;
		},
		end() {
			if (drawn) io.err('\r\x1b[K');
			drawn = false;
		},
	};
}
