// The files of a Compose project, each after what it includes, with what their services extend.
import path from 'node:path';
import type {Lookup} from '../../core/assembly/interpolate.ts';
import {plainWord} from '../../core/files/plain-word.ts';
import type {Problem} from '../../core/model/problem.ts';
import {type ComposeFile, parseComposeFile} from './compose-file.ts';
import type {ComposeService} from './compose-service.ts';
import {parseEnvFile} from './env-file.ts';
import {type Extending, extendedService} from './extended-service.ts';

/** Opens files beside a Compose file. Paths have `/` and begin as that of the Compose file does. */
export interface Beside {
	/** Undefined where there is no such file. */
	read(file: string): string | undefined;
	/** Whether a file or folder is there; left out: what can be read is. */
	has?(path: string): boolean;
	/** The environment of whoever runs the import. */
	readonly environment: Lookup;
}

export interface Layer {
	readonly file: ComposeFile;
	readonly services: ReadonlyMap<string, ComposeService>;
}

export interface Opening {
	readonly beside: Beside;
	readonly problems: Problem[];
	readonly warnings: Problem[];
	/** Grows by files that cannot be read. */
	readonly unread: string[];
	readonly variables: Lookup;
	/** Files that include these. */
	readonly above: readonly string[];
}

/** The variables of files of environment, under those around them; of one that is not there, none. */
export function variablesOf(files: readonly string[], {read}: Beside, around: Lookup): Lookup {
	const values = new Map(files.flatMap(one => [...parseEnvFile(read(one) ?? '', around)]));
	return name => around(name) ?? values.get(name) ?? undefined;
}

/** Sorted so that of two that say something about one service the later counts. */
export function readLayers(files: readonly string[], opening: Opening): readonly Layer[] {
	return files.flatMap(name => {
		const file = openFile(name, opening, {file: name, line: 1, column: 1});
		if (file === undefined) return [];
		const opened = new Map<string, ComposeFile | undefined>();
		const extending: Extending = {
			problems: opening.problems,
			open(other, where) {
				if (!opened.has(other)) opened.set(other, openFile(other, opening, where));
				return opened.get(other);
			},
		};
		const services = new Map([...file.services.keys()].map(one => [one, extendedService(file, one, extending)]));
		return [...includedLayers(file, opening), {file, services}];
	});
}

function openFile(name: string, opening: Opening, where: Problem['where']): ComposeFile | undefined {
	const text = opening.beside.read(name);
	if (text === undefined) {
		opening.problems.push({where, what: `there is no file ${plainWord(name)}`, mend: ''});
		opening.unread.push(name);
		return undefined;
	}
	const {file, problems} = parseComposeFile(name, text, opening.variables);
	opening.problems.push(...problems);
	opening.warnings.push(...(file?.warnings ?? []));
	if (file === null) opening.unread.push(name);
	return file ?? undefined;
}

type Include = {readonly path: string | readonly string[]; readonly env_file?: string | readonly string[] | undefined};

/** Source: compose-spec, "Include": its own `.env` counts under the variables of the project that includes it. */
function includedLayers({document, input}: ComposeFile, opening: Opening): readonly Layer[] {
	const folder = path.posix.dirname(document.file);
	return (input.include ?? []).flatMap((written, at) => {
		const entry: Include = typeof written === 'string' ? {path: written} : written;
		const named = [entry.path].flat();
		const wanted = named.map(one => path.posix.join(folder, one));
		const why = whyNot(named, wanted, opening);
		if (why !== undefined) {
			opening.problems.push({where: document.place(['include', at]), what: why, mend: ''});
			opening.unread.push(...wanted);
			return [];
		}
		const beside = path.posix.join(path.posix.dirname(wanted[0]!), '.env');
		const files =
			entry.env_file === undefined ? [beside] : [entry.env_file].flat().map(one => path.posix.join(folder, one));
		const variables = variablesOf(files, opening.beside, opening.variables);
		return readLayers(wanted, {...opening, variables, above: [...opening.above, document.file]});
	});
}

function whyNot(named: readonly string[], wanted: readonly string[], {above, beside}: Opening): string | undefined {
	const remote = named.find(one => /^(oci|https?|git|ssh):|\.git(#|$)/.test(one));
	if (remote !== undefined) return `it includes ${plainWord(remote)}, which is not on this machine`;
	const circle = wanted.find(one => above.includes(one));
	if (circle !== undefined) return `it includes ${plainWord(circle)}, which includes this file`;
	const missing = wanted.find(one => beside.read(one) === undefined);
	return missing === undefined ? undefined : `it includes ${plainWord(missing)}, which is not there`;
}
