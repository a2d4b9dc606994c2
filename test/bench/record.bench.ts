// What does it cost to record a rehearsal, and how big is the file?
import {spawnSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {bigLabFiles} from './big-lab.ts';
import {median, tell} from './figure.ts';

const launcher = join(import.meta.dirname, '../../bin/firebreak.js');
const folder = mkdtempSync(join(tmpdir(), 'firebreak-record-'));
const recording = join(folder, 'run.ndjson');
const big = join(folder, 'big');

function rehearse(words: readonly string[]): {readonly ms: number; readonly status: number | null} {
	const started = performance.now();
	const {status} = spawnSync(process.execPath, [launcher, 'rehearse', ...words], {stdio: 'ignore'});
	return {ms: performance.now() - started, status};
}

/** Pairs one after the other, in turns: whatever else the machine does, it does to both. */
function compare(name: string, words: readonly string[], rounds: number): void {
	const pairs = Array.from({length: rounds}, (_, round) => {
		const record = [...words, '--record', recording];
		const [first, second] = round % 2 === 0 ? [words, record] : [record, words];
		const [one, other] = [rehearse(first), rehearse(second)];
		return round % 2 === 0 ? {without: one, recorded: other} : {without: other, recorded: one};
	});
	tell({
		bench: `record-${name}`,
		question: `How long does firebreak rehearse take with --record (${name}), beside the same without?`,
		unit: 'ms',
		value: median(pairs.map(({recorded}) => recorded.ms)),
		ratio: {to: 'without --record', value: median(pairs.map(({without, recorded}) => recorded.ms / without.ms))},
		limit: {most: 1.15},
		also: {
			megabytes: Number((statSync(recording).size / 1e6).toPrecision(3)),
			exitCodes: [...new Set(pairs.flatMap(({without, recorded}) => [without.status, recorded.status]))],
			rounds,
		},
	});
}

try {
	mkdirSync(big);
	for (const [file, text] of Object.entries(bigLabFiles(260))) writeFileSync(join(big, file), text);
	compare('shop', ['shop'], 7);
	compare('260-workloads', [big, '--foothold', 'web-1.dev'], 3);
} finally {
	rmSync(folder, {recursive: true, force: true});
}
