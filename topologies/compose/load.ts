// Compose files from disk; what they mean says `import.ts`.
import {readFileSync, statSync} from 'node:fs';
import path from 'node:path';
import type {Parsed} from '../../core/model/problem.ts';
import {plain} from '../../core/native/native-names.ts';
import {type ImportedCompose, importCompose} from './import.ts';
import type {Beside} from './layers.ts';

/** What a folder is searched for, as `docker compose` does. */
const names = ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml'];

export interface LoadOptions {
	readonly profiles?: readonly string[];
	readonly environment?: Readonly<Record<string, string | undefined>>;
}

/** A Compose file; or that of a folder, with the override beside it. The topology is called as the folder unless the file names it. */
export function loadCompose(
	source: string,
	{profiles = [], environment = {}}: LoadOptions = {},
): Parsed<ImportedCompose> {
	const beside: Beside = {read: readText, environment: name => environment[name]};
	const isFolder = statSync(source, {throwIfNoEntry: false})?.isDirectory() === true;
	const files = isFolder ? inFolder(source) : [source.split(path.sep).join('/')];
	if (files.length === 0) {
		const where = {file: source, line: 1, column: 1};
		return {
			kind: 'wrong',
			problems: [{where, what: 'there is no Compose file here', mend: `it is called ${names.join(', ')}`}],
		};
	}
	const name = plain(path.basename(path.dirname(path.resolve(files[0]!)))) || 'compose';
	return importCompose(files, beside, {profiles, name});
}

/** The name of standard input in problems. */
const streamName = 'stdin';

/** A file from standard input, as `docker compose config` writes one; what it names lies beside where the import runs. */
export function composeStream(
	text: string,
	{profiles = [], environment = {}}: LoadOptions = {},
): Parsed<ImportedCompose> {
	const read = (file: string): string | undefined => (file === streamName ? text : readText(file));
	return importCompose([streamName], {read, environment: name => environment[name]}, {profiles, name: 'compose'});
}

function inFolder(folder: string): readonly string[] {
	const found = names.find(name => readText(path.posix.join(folder, name)) !== undefined);
	if (found === undefined) return [];
	const override = found.replace(/\.(ya?ml)$/, '.override.$1');
	return [found, override].map(name => path.posix.join(folder, name)).filter(file => readText(file) !== undefined);
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
