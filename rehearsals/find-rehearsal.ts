// What a word on the command line means: a file, a folder, or a name of the catalogue.
import {open, readdir, stat} from 'node:fs/promises';
import {basename, dirname, join} from 'node:path';
import {composeNames, type FileKind, fileKind, isClabName, meantKey} from '../core/files/file-kind.ts';
import {didYouMean, nearest} from '../core/files/nearest.ts';
import {plainWord} from '../core/files/plain-word.ts';
import type {Problem} from '../core/model/problem.ts';
import type {ForeignPlace} from './load-foreign.ts';
import type {LoadOptions} from './load-options.ts';

export type FoundRehearsal =
	| {readonly kind: 'rehearsal'; readonly file: string}
	/** A folder of manifests, or one of them. */
	| {readonly kind: 'manifests'; readonly source: string}
	| {readonly kind: 'foreign'; readonly place: ForeignPlace}
	/** Manifests, or another tool's file, on standard input. */
	| {readonly kind: 'stream'}
	| {readonly kind: 'wrong'; readonly problems: readonly Problem[]};

/** A path comes before a name of the catalogue; `-` is neither. */
export async function findRehearsal(word: string, {catalog}: LoadOptions): Promise<FoundRehearsal> {
	if (word === '-') return {kind: 'stream'};
	const kind = await kindOf(word);
	if (kind === 'file') return ofFile(word);
	if (kind === 'folder') return inFolder(word);
	const names: string[] = [];
	for (const folder of catalog.rehearsals) {
		const entries = (await readdir(folder).catch(() => [])).sort();
		if (entries.includes(word)) return inFolder(join(folder, word));
		names.push(...entries.filter(entry => !entry.includes('.')));
	}
	const near = nearest(word, names) === undefined && /[./\\]/.test(word) ? await beside(word) : undefined;
	return wrong(word, `there is no file, folder or ready rehearsal ${plainWord(word)}`, near ?? didYouMean(word, names));
}

/** What its first level says; what is wrong further in, its reader tells. */
async function ofFile(file: string): Promise<FoundRehearsal> {
	const text = await beginning(file);
	const kind = fileKind(file, text);
	const place = {folder: dirname(file), source: basename(file)};
	switch (kind) {
		case 'compose':
		case 'containerlab':
			return {kind: 'foreign', place: {...place, tool: kind}};
		case 'manifest':
			return {kind: 'manifests', source: file};
		case 'topology':
		case 'policy':
		case 'scenario':
			return ofPart(file, kind);
		case 'unknown': {
			if (/rehears|^(today|candidates|scenarios|expect|budgets)[ \t]*:/m.test(`${place.source}\n${text}`)) break;
			const meant = text.trim() === '' ? undefined : meantKey(text);
			return wrong(
				file,
				`${plainWord(place.source)} is no rehearsal, nor a file of Compose, containerlab or Kubernetes`,
				meant === undefined
					? 'these have the key rehearsal, services, topology with nodes, or apiVersion'
					: `did you mean the key ${meant}?`,
			);
		}
		case 'rehearsal':
			break;
		default:
			kind satisfies never;
	}
	return {kind: 'rehearsal', file};
}

/** A part alone is no rehearsal; the one beside it may well name it. */
async function ofPart(file: string, kind: FileKind): Promise<FoundRehearsal> {
	const there = (await kindOf(join(dirname(file), 'rehearsal.yaml'))) === 'file';
	const mend = there
		? `name the folder: ${plainWord(dirname(file))}`
		: 'firebreak init writes a rehearsal, which names a topology and policies';
	return wrong(file, `this is a ${kind}, and no rehearsal`, mend);
}

/** More than its first level needs of any file that is read. */
async function beginning(file: string): Promise<string> {
	try {
		if (!(await stat(file)).isFile()) return 'rehearsal:';
		await using opened = await open(file);
		const {bytesRead, buffer} = await opened.read(Buffer.alloc(mostBytes), 0, mostBytes);
		return buffer.toString('utf8', 0, bytesRead);
	} catch {
		// Its reader tells why.
		return 'rehearsal:';
	}
}

const mostBytes = 1_000_000;

async function inFolder(folder: string): Promise<FoundRehearsal> {
	const entries = await readdir(folder, {recursive: true}).catch((error: NodeJS.ErrnoException) => error.code ?? '');
	if (typeof entries === 'string') return wrong(folder, `${plainWord(folder)} cannot be read: ${entries}`, '');
	if (entries.includes('rehearsal.yaml')) return {kind: 'rehearsal', file: join(folder, 'rehearsal.yaml')};
	const near = nearest('rehearsal.yaml', entries);
	if (near !== undefined) return wrong(folder, 'there is no file rehearsal.yaml', `${plainWord(near)} is there`);
	const foreign = foreignIn(folder, entries);
	if (foreign !== undefined) return foreign;
	if (entries.includes('package.json'))
		return wrong(
			folder,
			`${plainWord(folder)} has no rehearsal.yaml, and is no folder of manifests alone`,
			'firebreak init my-prod writes one; manifests: name the folder in which they lie',
		);
	if (entries.some(isManifest)) return {kind: 'manifests', source: folder};
	const below = entries.filter(isForeign).sort();
	if (below.length > 0)
		return wrong(
			folder,
			`${plainWord(folder)} has no rehearsal.yaml`,
			`${plainWord(join(folder, below[0]!))} is there: name it`,
		);
	return wrong(folder, `${plainWord(folder)} has no rehearsal.yaml`, 'firebreak init writes one');
}

/** The Compose file that Docker would take, or the only one of containerlab; undefined where neither is there. */
function foreignIn(folder: string, entries: readonly string[]): FoundRehearsal | undefined {
	const compose = entries.some(entry => composeNames.some(name => name === entry));
	const labs = entries.filter(entry => isClabName(entry) && basename(entry) === entry).sort();
	if (compose && labs.length === 0) return {kind: 'foreign', place: {tool: 'compose', folder, source: '.'}};
	if (!compose && labs.length === 1) return {kind: 'foreign', place: {tool: 'containerlab', folder, source: labs[0]!}};
	if (labs.length === 0) return undefined;
	const what = compose
		? 'a Compose file and one of containerlab are there'
		: `there are ${labs.length} files *.clab.yml`;
	return wrong(folder, what, `name one of them, such as ${plainWord(join(folder, labs[0]!))}`);
}

const isForeign = (entry: string): boolean => isClabName(entry) || composeNames.some(name => name === basename(entry));

const isManifest = (name: string): boolean =>
	/\.(ya?ml|json)$/i.test(name) &&
	!isForeign(name) &&
	!/\.(topology|policy|scenario)\.|(^|\/)firebreak\.dependencies\./.test(name);

/** The file there that was most likely meant by a path to none. */
async function beside(path: string): Promise<string | undefined> {
	const entries = await readdir(dirname(path)).catch(() => undefined);
	if (entries === undefined) return `there is no folder ${plainWord(dirname(path))}`;
	const near = nearest(basename(path), entries);
	return near === undefined ? undefined : `${plainWord(join(dirname(path), near))} is there`;
}

async function kindOf(path: string): Promise<'file' | 'folder' | 'none'> {
	const status = await stat(path).catch(() => undefined);
	return status === undefined ? 'none' : status.isDirectory() ? 'folder' : 'file';
}

const wrong = (file: string, what: string, mend: string): FoundRehearsal => ({
	kind: 'wrong',
	problems: [{where: {file, line: 1, column: 1}, what, mend}],
});
