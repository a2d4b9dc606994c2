// Compose files from disk; what they mean says `import.ts`.
import {existsSync, readFileSync, statSync} from 'node:fs';
import path from 'node:path';
import {composeNames} from '../../core/files/file-kind.ts';
import type {Parsed} from '../../core/model/problem.ts';
import {plain} from '../../core/native/native-names.ts';
import {type ImportedCompose, importCompose} from './import.ts';
import type {Beside} from './layers.ts';

export interface LoadOptions {
	readonly profiles?: readonly string[];
	readonly environment?: Readonly<Record<string, string | undefined>>;
	/** What paths are relative to, also in problems; left out: the working directory. */
	readonly folder?: string;
}

export interface LoadedCompose extends ImportedCompose {
	/** Every file that was read, the Compose file first. */
	readonly files: readonly string[];
}

/** A Compose file; or that of a folder, with the override beside it. The topology is called as the folder unless the file names it. */
export function loadCompose(
	source: string,
	{profiles = [], environment = {}, folder = '.'}: LoadOptions = {},
): Parsed<LoadedCompose> {
	const opened = new Set<string>();
	const read = (file: string): string | undefined => {
		const text = readText(path.resolve(folder, file));
		if (text !== undefined) opened.add(file);
		return text;
	};
	const isFolder = statSync(path.resolve(folder, source), {throwIfNoEntry: false})?.isDirectory() === true;
	const files = isFolder ? inFolder(source, read) : [source.split(path.sep).join('/')];
	if (files.length === 0) {
		const where = {file: source, line: 1, column: 1};
		return {
			kind: 'wrong',
			problems: [{where, what: 'there is no Compose file here', mend: `it is called ${composeNames.join(', ')}`}],
		};
	}
	const name = plain(path.basename(path.dirname(path.resolve(folder, files[0]!)))) || 'compose';
	const imported = importCompose(
		files,
		{read, has: hasIn(folder), environment: variable => environment[variable]},
		{profiles, name},
	);
	if (imported.kind === 'wrong') return imported;
	return {...imported, value: {...imported.value, files: [...new Set([...files, ...opened])]}};
}

/** The name of standard input in problems. */
const streamName = 'stdin';

/** A file from standard input, as `docker compose config` writes one; what it names lies beside where the import runs. */
export function composeStream(
	text: string,
	{profiles = [], environment = {}}: LoadOptions = {},
): Parsed<ImportedCompose> {
	const read = (file: string): string | undefined => (file === streamName ? text : readText(file));
	return importCompose(
		[streamName],
		{read, has: hasIn('.'), environment: name => environment[name]},
		{profiles, name: 'compose'},
	);
}

const hasIn =
	(folder: string) =>
	(file: string): boolean =>
		existsSync(path.resolve(folder, file));

function inFolder(folder: string, read: Beside['read']): readonly string[] {
	const found = composeNames.find(name => read(path.posix.join(folder, name)) !== undefined);
	if (found === undefined) return [];
	const override = found.replace(/\.(ya?ml)$/, '.override.$1');
	return [found, override].map(name => path.posix.join(folder, name)).filter(file => read(file) !== undefined);
}

/** Undefined for what is no file, or is larger than any that people write. */
function readText(file: string): string | undefined {
	const found = statSync(file, {throwIfNoEntry: false});
	if (found === undefined || !found.isFile() || found.size > 8_000_000) return undefined;
	try {
		return readFileSync(file, 'utf8');
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'EACCES') return undefined;
		throw error;
	}
}
