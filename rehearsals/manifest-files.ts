// The files of a folder of manifests, for the list of inputs in the report.
import {readdir} from 'node:fs/promises';
import {join, relative} from 'node:path';
import type {InputFiles} from './input-files.ts';

/** Reads every manifest below `folder`, so that `files.inputs()` has its hash. Unreadable ones are left to the importer. */
export async function hashFolder(files: InputFiles, folder: string): Promise<void> {
	const entries = await readdir(folder, {recursive: true}).catch(() => []);
	for (const entry of entries.filter(name => /\.(ya?ml|json)$/i.test(name)).sort())
		await files.find(relative(files.folder, join(folder, entry)));
}
