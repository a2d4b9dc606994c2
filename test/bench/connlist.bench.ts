// How long does a full connlist of manifests take, command to last line? And does it grow with the lines it prints?
import {spawnSync} from 'node:child_process';
import {closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {median, skip, tell} from './figure.ts';

const launcher = join(import.meta.dirname, '../../bin/firebreak.js');
/** Writes N Deployments in three namespaces with their policies; beside the checkout, where it is. */
const generator = join(import.meta.dirname, '../../../shared/bench/k8s-manifests.mjs');

const sizes = [
	{deployments: 360, most: 1000, runs: 3},
	{deployments: 1800, most: 15_000, runs: 1},
] as const;

for (const {deployments, most, runs} of sizes) {
	const question = `How long does firebreak matrix DIR --format connlist take for ${deployments} Deployments?`;
	const figure = {bench: 'connlist', question, unit: 'ms', limit: {most}};
	if (existsSync(generator)) measure(figure, deployments, runs);
	else skip(figure, 'shared/bench is not beside the checkout');
}

function measure(figure: Parameters<typeof skip>[0], deployments: number, runs: number): void {
	const folder = mkdtempSync(join(tmpdir(), 'firebreak-connlist-'));
	try {
		const manifests = join(folder, 'manifests');
		spawnSync(process.execPath, [generator, `${deployments}`, manifests], {stdio: 'inherit'});
		const printed = join(folder, 'connlist.txt');
		const all = Array.from({length: runs}, () => {
			const file = openSync(printed, 'w');
			const started = performance.now();
			const words = [launcher, 'matrix', manifests, '--format', 'connlist'];
			const {status} = spawnSync(process.execPath, ['--no-warnings', ...words], {stdio: ['ignore', file, 'ignore']});
			closeSync(file);
			return {ms: performance.now() - started, status};
		});
		const lines = readFileSync(printed, 'utf8').split('\n').length - 1;
		const value = median(all.map(({ms}) => ms));
		const also = {
			lines,
			exitCodes: all.map(({status}) => status),
			microsPerLine: Math.round((value / lines) * 1e4) / 10,
		};
		tell({...figure, value, also});
	} finally {
		rmSync(folder, {recursive: true});
	}
}
