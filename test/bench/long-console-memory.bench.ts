// Does the console grow? Ten minutes of a worm with no policy in force, begun anew each minute.
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {joinLab} from '../../lab/labs.ts';
import {whyNoPackets} from '../builders/unshared.ts';
import {attackAnew, attackedFor, openConsole} from './console-attack.ts';
import {writeConsoleLab} from './console-lab.ts';
import {skip, tell} from './figure.ts';
import {memoryOf} from './lab-processes.ts';
import {upLab} from './up-lab.ts';

const minutes = 10;
/** What is kept of the past is bounded, and full by then. */
const fullAfter = 5;
const sampleMs = 20_000;

const about = {
	bench: 'console-memory',
	question: `By how much does what the console holds grow in ${minutes} minutes of a worm in a lab of 1,000 workloads, once its lists are full?`,
	unit: 'MB/min',
	limit: {most: 0.5},
} as const;

interface Sample {
	readonly minute: number;
	/** Of what somebody holds: everything else was collected before. */
	readonly heapMb: number;
	readonly residentMb: number;
	readonly engineMb: number;
}

const reason = whyNoPackets();
if (reason !== null) skip(about, reason);
else await measure();

async function measure(): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'firebreak-bench-'));
	writeConsoleLab(folder, 5);
	try {
		using lab = upLab(folder);
		using joined = (await joinLab(lab.name))!;
		using console = await openConsole(lab.name, 5);
		const started = performance.now();
		const samples: Sample[] = [];
		for (let minute = 0; minute < minutes; minute++) {
			await attackAnew(console, 'worm');
			for (let part = 0; part < 60_000 / sampleMs; part++) {
				await attackedFor(console, 'worm', sampleMs);
				await console.inspected.collectGarbage();
				const heap = await console.inspected.evaluate<number>('process.memoryUsage().heapUsed');
				samples.push({
					minute: (performance.now() - started) / 60_000,
					heapMb: heap / 2 ** 20,
					residentMb: console.residentMb(),
					engineMb: memoryOf(joined),
				});
			}
		}
		const late = samples.filter(({minute}) => minute >= fullAfter);
		const rounded = (of: 'heapMb' | 'residentMb' | 'engineMb') =>
			samples.filter((_, at) => at % 3 === 2).map(one => Math.round(one[of]));
		tell({
			...about,
			value: slope(late.map(({minute, heapMb}) => [minute, heapMb])),
			also: {
				residentSlope: Number(slope(late.map(({minute, residentMb}) => [minute, residentMb])).toPrecision(3)),
				heapMbByMinute: rounded('heapMb'),
				residentMbByMinute: rounded('residentMb'),
				engineAndHelpersMbByMinute: rounded('engineMb'),
			},
		});
	} finally {
		rmSync(folder, {recursive: true, force: true});
	}
}

/** Of the line that is nearest to all points, by least squares. */
function slope(points: readonly (readonly [number, number])[]): number {
	const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;
	const [x, y] = [mean(points.map(([one]) => one)), mean(points.map(([, one]) => one))];
	const [up, across] = [
		points.reduce((sum, [one, other]) => sum + (one - x) * (other - y), 0),
		points.reduce((sum, [one]) => sum + (one - x) ** 2, 0),
	];
	return up / across;
}
