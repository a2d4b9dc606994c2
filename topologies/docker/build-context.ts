// The folder that an image is built of, as Docker is given it: a tar archive, without what `.dockerignore` leaves out.
import {createHash} from 'node:crypto';
import {createReadStream, lstatSync, readdirSync, readFileSync, readlinkSync} from 'node:fs';
import {join} from 'node:path';
import dockerignore from '@balena/dockerignore';
import type {Build} from '../../core/model/topology.ts';
import {tarEnd, tarHead, tarPadding} from './tar-archive.ts';

export interface ContextEntry {
	/** Relative to the folder, with `/`. */
	readonly path: string;
	readonly mode: number;
	readonly kind: 'file' | 'link' | 'folder';
	/** Of a file, in bytes. */
	readonly size: number;
}

/**
 * Sorted, so that the same folder is the same archive. What is neither file nor folder nor link is not there. The Dockerfile
 * and `.dockerignore` always are.
 *
 * Source: docs.docker.com, "Build context", ".dockerignore files"
 */
export function contextEntries({context, dockerfile}: Pick<Build, 'context' | 'dockerfile'>): readonly ContextEntry[] {
	const rules = ignoreRules(context);
	const ignore = dockerignore.default({ignorecase: false}).add([...rules]);
	const always = new Set([dockerfile ?? 'Dockerfile', '.dockerignore']);
	// What is in a folder that is left out may be taken in again.
	const prune = !rules.some(rule => rule.startsWith('!'));
	const within = (folder: string): readonly ContextEntry[] =>
		readdirSync(join(context, folder))
			.sort()
			.flatMap((name): readonly ContextEntry[] => {
				const path = folder === '' ? name : `${folder}/${name}`;
				const stats = lstatSync(join(context, path));
				const out = ignore.ignores(path) && !always.has(path);
				const mode = stats.mode & 0o7777;
				if (stats.isDirectory()) {
					const hides = out && prune && ![...always].some(one => one.startsWith(`${path}/`));
					const inside = hides ? [] : within(path);
					return out ? inside : [{path, mode, kind: 'folder', size: 0}, ...inside];
				}
				if (out) return [];
				if (stats.isSymbolicLink()) return [{path, mode: 0o777, kind: 'link', size: 0}];
				return stats.isFile() ? [{path, mode, kind: 'file', size: stats.size}] : [];
			});
	return within('');
}

function ignoreRules(context: string): readonly string[] {
	try {
		const lines = readFileSync(join(context, '.dockerignore'), 'utf8').split('\n');
		return lines.map(line => line.trim()).filter(line => line !== '' && !line.startsWith('#'));
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
		throw error;
	}
}

/** The archive, piece by piece. @throws Error where a file grows shorter meanwhile */
export async function* contextArchive(context: string, entries: readonly ContextEntry[]): AsyncGenerator<Buffer> {
	for (const {path, mode, kind, size} of entries) {
		const to = kind === 'link' ? readlinkSync(join(context, path)) : '';
		yield tarHead({path, mode, kind, to}, size);
		if (size === 0) continue;
		let sent = 0;
		for await (const piece of createReadStream(join(context, path), {end: size - 1}) as AsyncIterable<Buffer>) {
			sent += piece.length;
			yield piece;
		}
		if (sent < size) throw new Error(`${path} changed while it was read`);
		yield tarPadding(size);
	}
	yield tarEnd;
}

/** Twelve hex digits of everything that the image follows from, but for the images that it is made of. */
export async function buildHash(build: Build, entries: readonly ContextEntry[]): Promise<string> {
	const hash = createHash('sha256');
	hash.update(JSON.stringify([build.dockerfile, Object.entries(build.args).sort(), build.target]));
	for await (const piece of contextArchive(build.context, entries)) hash.update(piece);
	return hash.digest('hex').slice(0, 12);
}
