// What a word on the command line means: a file, a folder, or a name of the catalogue.
import {readdir, stat} from 'node:fs/promises';
import {join} from 'node:path';
import {didYouMean, nearest} from '../core/files/nearest.ts';
import {plainWord} from '../core/files/plain-word.ts';
import type {Problem} from '../core/model/problem.ts';
import type {LoadOptions} from './load-options.ts';

export type FoundRehearsal =
	| {readonly kind: 'rehearsal'; readonly file: string}
	| {readonly kind: 'manifests'; readonly folder: string}
	/** Manifests on standard input. */
	| {readonly kind: 'stream'}
	| {readonly kind: 'wrong'; readonly problems: readonly Problem[]};

/** A path comes before a name of the catalogue; `-` is neither. */
export async function findRehearsal(word: string, {catalog}: LoadOptions): Promise<FoundRehearsal> {
	if (word === '-') return {kind: 'stream'};
	const kind = await kindOf(word);
	if (kind === 'file') return {kind: 'rehearsal', file: word};
	if (kind === 'folder') return inFolder(word);
	const names: string[] = [];
	for (const folder of catalog.rehearsals) {
		const entries = (await readdir(folder).catch(() => [])).sort();
		if (entries.includes(word)) return inFolder(join(folder, word));
		names.push(...entries.filter(entry => !entry.includes('.')));
	}
	return wrong(word, `there is no file, folder or ready rehearsal ${plainWord(word)}`, didYouMean(word, names));
}

async function inFolder(folder: string): Promise<FoundRehearsal> {
	const entries = await readdir(folder, {recursive: true}).catch((error: NodeJS.ErrnoException) => error.code ?? '');
	if (typeof entries === 'string') return wrong(folder, `${plainWord(folder)} cannot be read: ${entries}`, '');
	if (entries.includes('rehearsal.yaml')) return {kind: 'rehearsal', file: join(folder, 'rehearsal.yaml')};
	const near = nearest('rehearsal.yaml', entries);
	if (near !== undefined) return wrong(folder, 'there is no file rehearsal.yaml', `${plainWord(near)} is there`);
	if (entries.includes('package.json'))
		return wrong(
			folder,
			`${plainWord(folder)} has no rehearsal.yaml, and is no folder of manifests alone`,
			'firebreak init my-prod writes one; manifests: name the folder in which they lie',
		);
	if (entries.some(isManifest)) return {kind: 'manifests', folder};
	return wrong(folder, `${plainWord(folder)} has no rehearsal.yaml`, 'firebreak init writes one');
}

const isManifest = (name: string): boolean =>
	/\.(ya?ml|json)$/i.test(name) && !/\.(topology|policy|scenario)\.|(^|\/)firebreak\.dependencies\./.test(name);

async function kindOf(path: string): Promise<'file' | 'folder' | 'none'> {
	const status = await stat(path).catch(() => undefined);
	return status === undefined ? 'none' : status.isDirectory() ? 'folder' : 'file';
}

const wrong = (file: string, what: string, mend: string): FoundRehearsal => ({
	kind: 'wrong',
	problems: [{where: {file, line: 1, column: 1}, what, mend}],
});
