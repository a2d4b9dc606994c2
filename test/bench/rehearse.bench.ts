// How long from the command to the report?
import {spawnSync} from 'node:child_process';
import {join} from 'node:path';
import {median, tell} from './figure.ts';

const launcher = join(import.meta.dirname, '../../bin/firebreak.js');
const runs = Array.from({length: 3}, () => {
	const started = performance.now();
	const {status} = spawnSync(process.execPath, [launcher, 'rehearse', 'shop'], {stdio: 'ignore'});
	return {ms: performance.now() - started, status};
});
tell({
	bench: 'rehearse',
	question: 'How long does firebreak rehearse shop take, command to report?',
	unit: 'ms',
	value: median(runs.map(({ms}) => ms)),
	limit: {most: 6000},
	also: {exitCodes: runs.map(({status}) => status), fastestMs: Math.round(Math.min(...runs.map(({ms}) => ms)))},
});
