// A folder of Kubernetes manifests from disk; what they mean is `core/kubernetes/`.
import {readdir, readFile, stat} from 'node:fs/promises';
import path from 'node:path';
import {type Imported, type ImportOptions, importManifests} from '../../core/kubernetes/import.ts';
import type {ManifestFile} from '../../core/kubernetes/manifests.ts';
import type {Parsed, Problem} from '../../core/model/problem.ts';

/** Files that are read whole, in bytes; a bundle of a large cluster is under it. */
const largestFile = 64_000_000;

/**
 * Every `*.yaml`, `*.yml` and `*.json` below `folder`, or `folder` itself where it is a file; sorted by path, which is
 * relative to `folder` and has `/`. Hidden folders, `node_modules` and links to folders are passed by. A folder without
 * any such file is a problem, and so is what cannot be read.
 */
export async function readManifestFiles(folder: string): Promise<Parsed<readonly ManifestFile[]>> {
	const problems: Problem[] = [];
	const complain = (file: string, what: string, mend: string): void => {
		problems.push({where: {file, line: 1, column: 1}, what, mend});
	};
	const root = await stat(folder).catch(() => undefined);
	if (root === undefined) {
		complain(folder, 'there is no such folder', '');
		return {kind: 'wrong', problems};
	}
	const names = root.isDirectory() ? await namesBelow(folder, '') : [path.basename(folder)];
	const base = root.isDirectory() ? folder : path.dirname(folder);
	const files: ManifestFile[] = [];
	for (const name of names.sort()) {
		const read = await readText(path.join(base, name));
		if (typeof read === 'string') files.push({path: name, text: read});
		else complain(name, read.what, read.mend);
	}
	if (names.length === 0)
		complain(folder, 'no file here is called *.yaml, *.yml or *.json', 'name a folder of manifests');
	return problems.length > 0 ? {kind: 'wrong', problems} : {kind: 'ok', value: files, warnings: []};
}

/** The manifests below `folder` as a topology and a stack; the topology is called as the folder unless `options` names it. */
export async function loadManifests(folder: string, options: ImportOptions = {}): Promise<Parsed<Imported>> {
	const files = await readManifestFiles(folder);
	if (files.kind === 'wrong') return files;
	return importManifests(files.value, {name: path.basename(path.resolve(folder)), ...options});
}

/** The name of standard input in problems and reports. */
export const streamName = 'stdin';

/** The manifests of a stream, as `kustomize build` writes one; problems name the objects that they are about. */
export function importStream(text: string, options: ImportOptions = {}): Parsed<Imported> {
	const where = {file: streamName, line: 1, column: 1};
	if (text.trim() === '')
		return {kind: 'wrong', problems: [{where, what: 'nothing came', mend: 'does the command before the | fail?'}]};
	return importManifests([{path: streamName, text, stream: true}], {name: streamName, ...options});
}

async function namesBelow(folder: string, prefix: string): Promise<string[]> {
	const entries = await readdir(path.join(folder, prefix), {withFileTypes: true});
	const names = await Promise.all(
		entries.map(async entry => {
			const name = `${prefix}${entry.name}`;
			if (entry.isDirectory())
				return entry.name.startsWith('.') || entry.name === 'node_modules' ? [] : namesBelow(folder, `${name}/`);
			return /\.(ya?ml|json)$/i.test(entry.name) ? [name] : [];
		}),
	);
	return names.flat();
}

async function readText(file: string): Promise<string | {readonly what: string; readonly mend: string}> {
	try {
		const found = await stat(file);
		if (!found.isFile()) return {what: 'this is no file', mend: 'take it out of the folder'};
		if (found.size > largestFile) return {what: `the file is over ${largestFile / 1e6} MB`, mend: 'split it'};
		return (await readFile(file)).toString('utf8');
	} catch (error) {
		return {what: `cannot be read: ${(error as NodeJS.ErrnoException).code ?? 'unknown'}`, mend: ''};
	}
}
