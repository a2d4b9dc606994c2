// The files that a rehearsal names: each read once, remembered with its hash, and missed with the name that is there.
import {createHash} from 'node:crypto';
import {readdir, readFile, stat} from 'node:fs/promises';
import {basename, dirname, isAbsolute, join, relative, resolve, sep} from 'node:path';
import {nearest} from '../core/files/nearest.ts';
import {plainWord} from '../core/files/plain-word.ts';
import type {Rehearsal} from '../core/model/rehearsal.ts';

/** What is at a path: a file's text with the name that problems tell, a folder, or what is wrong. */
export type Found =
	| {readonly kind: 'file'; readonly file: string; readonly text: string}
	| {readonly kind: 'folder'; readonly path: string}
	| {readonly kind: 'wrong'; readonly what: string; readonly mend: string};

export interface InputFiles {
	/** Absolute. */
	readonly folder: string;
	/** What is at `path`, which is relative to the folder; `name` is told instead of the path, where that is of no use. */
	find(path: string, name?: string): Promise<Found>;
	/** Every file found so far, sorted by path. */
	inputs(): Rehearsal['inputs'];
}

/** No file of ours is larger, and no device is read for ever. */
const mostBytes = 16_000_000;

/** A reader of files relative to `folder`. */
export function inputFiles(folder: string): InputFiles {
	const found = new Map<string, Promise<Found>>();
	const hashes = new Map<string, string>();
	const read = async (path: string, name: string): Promise<Found> => {
		const looked = await look(path, name);
		if (looked !== undefined) return looked;
		const bytes = await readFile(path);
		hashes.set(name, createHash('sha256').update(bytes).digest('hex'));
		return {kind: 'file', file: name, text: bytes.toString('utf8')};
	};
	return {
		folder,
		find(path, name) {
			const absolute = resolve(folder, path);
			const told = name ?? (isAbsolute(path) ? path : relative(folder, absolute).split(sep).join('/') || '.');
			const known = found.get(absolute);
			if (known !== undefined) return known;
			const result = read(absolute, told).catch(unreadable(told));
			found.set(absolute, result);
			return result;
		},
		inputs: () => [...hashes].sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, sha256]) => ({path, sha256})),
	};
}

/** Undefined for a file that can be read. */
async function look(path: string, name: string): Promise<Found | undefined> {
	if (path.includes('\0')) return {kind: 'wrong', what: `${plainWord(name)} cannot be the name of a file`, mend: ''};
	const status = await stat(path).catch(missing);
	if (status === undefined) return notThere(path, name);
	if (status.isDirectory()) return {kind: 'folder', path};
	if (!status.isFile()) return {kind: 'wrong', what: `${plainWord(name)} is not a file`, mend: ''};
	const megabytes = (status.size / 1e6).toFixed(0);
	if (status.size > mostBytes)
		return {
			kind: 'wrong',
			what: `${plainWord(name)} has ${megabytes} MB`,
			mend: `at most ${mostBytes / 1e6} MB are read`,
		};
	return undefined;
}

async function notThere(path: string, name: string): Promise<Found> {
	const beside = await readdir(dirname(path)).catch(missing);
	const what = `there is no file ${plainWord(name)}`;
	if (beside === undefined) return {kind: 'wrong', what, mend: `there is no folder ${plainWord(dirname(name))} either`};
	const near = nearest(basename(path), beside);
	return {kind: 'wrong', what, mend: near === undefined ? '' : `${plainWord(join(dirname(name), near))} is there`};
}

/** Other errors than absence are told by whoever asked. */
function missing(error: NodeJS.ErrnoException): undefined {
	if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
	throw error;
}

const unreadable =
	(name: string) =>
	(error: NodeJS.ErrnoException): Found => {
		if (error.code === undefined) throw error;
		return {kind: 'wrong', what: `${plainWord(name)} cannot be read: ${error.code}`, mend: mends[error.code] ?? ''};
	};

const mends: Readonly<Record<string, string>> = {
	EACCES: 'you may not read it: see its permissions',
	ENAMETOOLONG: 'its name is too long',
	ELOOP: 'its links go in a circle',
};
