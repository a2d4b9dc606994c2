// How long does a command in a workload take, from the client's connection to the end of `true`?
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {join} from 'node:path';
import {enterWords, roomPath} from '../../lab/enter.ts';
import {joinLab} from '../../lab/labs.ts';
import {whyNoPackets} from '../builders/unshared.ts';
import {median, tell} from './figure.ts';
import {upLab} from './up-lab.ts';

const about = {
	bench: 'exec',
	question: 'How long does `true` take in a workload of a lab that is up, without the start of Node?',
	unit: 'ms',
	limit: {most: 50},
} as const;
const reason = whyNoPackets();
if (reason === null) await measure();
else tell({...about, value: null, reason});

async function measure(): Promise<void> {
	using lab = upLab(join(import.meta.dirname, '../../cli/starter'));
	// The first command of a workload waits for its room.
	const firstMs = await roundTrip(lab.name);
	const trips: number[] = [];
	for (let trip = 0; trip < 41; trip++) trips.push(await roundTrip(lab.name));
	const wholeMs = median(Array.from({length: 7}, () => lab.firebreak('exec', 'web.dev', '--', 'true')));
	const p95Ms = trips.toSorted((a, b) => a - b)[39]!;
	tell({
		...about,
		value: median(trips),
		also: {firstMs: Math.round(firstMs), p95Ms: Math.round(p95Ms), wholeCommandMs: Math.round(wholeMs)},
	});
}

async function roundTrip(name: string): Promise<number> {
	const started = performance.now();
	using lab = (await joinLab(name))!;
	const entry = await lab.ask('enter', {workload: 'web.dev', words: ['true']});
	if ('container' in entry) throw new Error('the bench is of namespaces');
	const [program, ...words] = enterWords(entry, ['true'], {environment: {PATH: roomPath}});
	const [code] = await once(spawn(program!, words, {stdio: 'inherit'}), 'exit');
	if (code !== 0) throw new Error(`true ended with ${code}`);
	return performance.now() - started;
}
