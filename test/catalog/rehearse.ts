// A ready rehearsal, run in the model or by the command line with packets.
import {execFile} from 'node:child_process';
import {cp, mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {ExecutionContext} from 'ava';
import {loadOptions} from '../../cli/load-options.ts';
import type {RehearsalReport} from '../../core/contracts/report.ts';
import {renderProblem} from '../../core/model/problem.ts';
import type {Rehearsal} from '../../core/model/rehearsal.ts';
import {loadRehearsal} from '../../rehearsals/load.ts';
import {createModelRange} from '../../rehearsals/model-range.ts';
import {buildReport} from '../../rehearsals/report.ts';
import {runRehearsal} from '../../rehearsals/run.ts';
import {root} from '../house/source-tree.ts';

export interface Rehearsed {
	readonly report: RehearsalReport;
	readonly exitCode: number;
}

/** @throws where it has a problem or a warning, with all of them */
export async function loaded(word: string): Promise<Rehearsal> {
	const found = await loadRehearsal(word, loadOptions());
	const said = found.kind === 'wrong' ? found.problems : found.warnings;
	if (found.kind === 'wrong' || said.length > 0) throw new Error(said.map(renderProblem).join('\n'));
	return found.value;
}

/** Each ready rehearsal and seed is run once. */
export function inTheModel(word: string, seed = 1): Promise<Rehearsed> {
	const key = `${word} ${seed}`;
	const known = runs.get(key) ?? runInModel(word, seed);
	runs.set(key, known);
	return known;
}

const runs = new Map<string, Promise<Rehearsed>>();

const runInModel = async (word: string, seed: number): Promise<Rehearsed> => rehearsed(await loaded(word), seed);

/** A rehearsal in the model. */
export async function rehearsed(rehearsal: Rehearsal, seed = 1): Promise<Rehearsed> {
	const now = (): number => 0;
	await using range = createModelRange(rehearsal.topology, seed, now);
	const interrupted = new AbortController().signal;
	const measured = await runRehearsal(rehearsal, {
		seed,
		foothold: null,
		range,
		now,
		tell: () => undefined,
		interrupted,
	});
	return buildReport({
		rehearsal,
		measured,
		by: 'model',
		seed,
		revision: null,
		versions: {},
		bootMs: null,
		teardownMs: null,
		now: '2026-01-01T00:00:00Z',
	});
}

/** `firebreak rehearse … --format json`, a process of its own. @throws where it prints no report, with what it said */
export function byPackets(...words: string[]): Promise<Rehearsed> {
	const main = join(root, 'cli/main.ts');
	const {promise, resolve, reject} = Promise.withResolvers<Rehearsed>();
	const options = {maxBuffer: 64 << 20, timeout: 110_000};
	execFile(process.execPath, [main, 'rehearse', ...words, '--format', 'json'], options, (error, stdout, stderr) => {
		try {
			resolve({report: JSON.parse(stdout), exitCode: error === null ? 0 : Number(error.code)});
		} catch {
			reject(new Error(`rehearse ${words.join(' ')} printed no report, and said: ${stderr}`));
		}
	});
	return promise;
}

/** A copy of the shop that goes with the test, one file of it changed. @throws where it has no such text */
export async function changedShop(
	t: ExecutionContext,
	file: string,
	from: string | RegExp,
	to: string,
): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), 'firebreak-shop-'));
	t.teardown(() => rm(folder, {recursive: true}));
	await cp(join(root, 'topologies/catalog/shop'), folder, {recursive: true});
	const text = await readFile(join(folder, file), 'utf8');
	const changed = text.replace(from, to);
	if (changed === text) throw new Error(`${file} has no ${from}`);
	await writeFile(join(folder, file), changed);
	return folder;
}
