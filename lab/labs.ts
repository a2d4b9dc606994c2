// Every lab of this user that stays: which are up, joining one, taking one down. What a killed engine left of its socket is
// taken away by whoever comes by.
import {randomBytes} from 'node:crypto';
import {linkSync, readFileSync, renameSync, rmSync} from 'node:fs';
import {setTimeout as wait} from 'node:timers/promises';
import type {WatchEvent} from '../core/contracts/watch-event.ts';
import {containerRecords, sweepContainers} from './container-records.ts';
import {type Found, find, type JoinedLab, otherVersion, silent} from './join.ts';
import {labFiles, labId, labsFolder, lastWordOf, socketOf} from './labs-folder.ts';
import {removalMs} from './spawn-engine.ts';

export interface LivingLab {
	readonly name: string;
	readonly found: Extract<Found, {kind: 'lab' | 'other-version' | 'silent'}>;
}

export interface Labs {
	/** Sorted by name; each lab is joined, and whoever asked leaves it. */
	readonly living: readonly LivingLab[];
	/** Whose engine was gone, with the last word of those that fell. Their sockets are away now. */
	readonly dead: readonly {readonly name: string; readonly lastWord: string | null}[];
	/** Sentences: containers of engines that are gone, and why they could not be removed. */
	readonly stranded: readonly string[];
}

/** All that are up. @throws FirebreakError `unsafe-folder` */
export async function findLabs(folder = labsFolder()): Promise<Labs> {
	const {labs, unfinished} = labFiles(folder);
	for (const path of unfinished) await removeDead(path);
	const found = await Promise.all(labs.map(async name => ({name, found: await find(socketOf(folder, name), name)})));
	const dead = await Promise.all(
		found
			.filter(one => one.found.kind === 'dead')
			.map(async ({name}) => ({name, lastWord: await removeDead(socketOf(folder, name))})),
	);
	return {
		stranded: await sweepContainers(folder),
		living: found.flatMap(({name, found: one}) =>
			one.kind === 'dead' || one.kind === 'none' ? [] : [{name, found: one}],
		),
		dead,
	};
}

/** Names of the labs that are up, without joining them. */
export const labNames = (folder = labsFolder()): readonly string[] => labFiles(folder).labs;

/**
 * The lab of that name; undefined where there is none (what is left of a dead one goes).
 *
 * @throws FirebreakError `other-version`, `lab-silent`, `unsafe-folder`
 */
export async function joinLab(
	name: string,
	onEvent?: (event: WatchEvent) => void,
	folder = labsFolder(),
): Promise<JoinedLab | undefined> {
	const path = socketOf(folder, name);
	const found = await find(path, name, onEvent);
	if (found.kind === 'lab') return found.lab;
	if (found.kind === 'other-version') throw otherVersion(name, found.hello);
	if (found.kind === 'silent') throw silent(name);
	if (found.kind === 'dead') await removeDead(path);
	await sweepContainers(folder);
	return undefined;
}

/**
 * Takes a lab down and waits until its engine is gone; undefined where there was none. One that does not end by itself is killed.
 *
 * @returns milliseconds
 * @throws FirebreakError `lab-silent`
 */
export async function takeDown(name: string, folder = labsFolder()): Promise<number | undefined> {
	const path = socketOf(folder, name);
	const started = performance.now();
	const found = await find(path, name);
	if (found.kind === 'silent') throw silent(name);
	if (found.kind === 'none') return undefined;
	if (found.kind === 'dead') {
		await removeDead(path);
		await sweepContainers(folder);
		return undefined;
	}
	const patienceMs = containerRecords(folder).some(({lab}) => lab === labId(name)) ? removalMs : 3000;
	if (found.kind === 'other-version') {
		process.kill(found.hello.pid, 'SIGTERM');
		await untilGone(found.hello.pid, patienceMs);
		await removeDead(path).catch(() => undefined);
	} else {
		found.lab.ask('close', {}).catch(() => undefined);
		await Promise.race([found.lab.gone, wait(3000, undefined, {ref: false})]);
		found.lab[Symbol.dispose]();
		await untilGone(found.lab.pid, patienceMs);
	}
	await sweepContainers(folder);
	return performance.now() - started;
}

/** Waits until a process has ended, and ends it where that takes too long. */
async function untilGone(pid: number, patienceMs: number): Promise<void> {
	for (let waited = 0; isThere(pid); waited += 10) {
		if (waited === patienceMs) process.kill(pid, 'SIGKILL');
		if (waited > patienceMs + 3000) return;
		await wait(10);
	}
}

/** A process that has ended and that nobody asked about is no longer there. Source: proc_pid_stat(5). */
function isThere(pid: number): boolean {
	try {
		const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
		return !/^[ZX]/.test(stat.slice(stat.lastIndexOf(')') + 2));
	} catch {
		return false;
	}
}

/**
 * Takes the socket of a dead engine away, unless another engine has taken its name meanwhile.
 *
 * @returns what the engine said where it fell
 */
async function removeDead(path: string): Promise<string | null> {
	const aside = `${path.replace(/\.[0-9a-f]{6}$/, '')}.${randomBytes(3).toString('hex')}`;
	try {
		renameSync(path, aside);
	} catch {
		return null;
	}
	const found = await find(aside, '');
	if (found.kind !== 'dead' && found.kind !== 'none') {
		if (found.kind === 'lab') found.lab[Symbol.dispose]();
		linkSync(aside, path);
	}
	rmSync(aside, {force: true});
	if (found.kind !== 'dead') return null;
	try {
		return readFileSync(lastWordOf(path), 'utf8');
	} catch {
		return null;
	} finally {
		rmSync(lastWordOf(path), {force: true});
	}
}
