// One Compose file from its text: variables filled in, its shape checked, its services in one form.
import path from 'node:path';
import {checkKeys} from '../../core/assembly/check-keys.ts';
import {asMap, fillIn} from '../../core/assembly/fill-in.ts';
import type {Lookup} from '../../core/assembly/interpolate.ts';
import {type Document, readSalvaging} from '../../core/files/document.ts';
import {plainWord} from '../../core/files/plain-word.ts';
import {validate} from '../../core/files/validate.ts';
import {type Problem, sortProblems} from '../../core/model/problem.ts';
import {type ComposeService, composeService} from './compose-service.ts';
import {type FileInput, fileSchema} from './file-schema.ts';
import {serviceKeys, topKeys} from './known-keys.ts';

export interface ComposeFile {
	readonly document: Document;
	readonly input: FileInput;
	readonly services: ReadonlyMap<string, ComposeService>;
	readonly problems: readonly Problem[];
	readonly warnings: readonly Problem[];
}

/** Null in `file` where it cannot be used at all. */
export interface FileReading {
	readonly file: ComposeFile | null;
	readonly problems: readonly Problem[];
}

/** YAML with merge keys, as Compose reads it. */
export function parseComposeFile(file: string, text: string, lookup: Lookup): FileReading {
	const {document: written, problems: faults} = readSalvaging(file, text, 'read');
	if (written === null || faults.length > 0) return {file: null, problems: faults};
	const {document, problems, warnings, filled} = fillIn(written, lookup);
	const own = filled.find(([section, , key]) => section === 'services' && key === 'environment');
	if (own !== undefined) warnings.push({where: document.place(own), what: keepPrivate, mend: ''});
	if (typeof document.value !== 'object' || document.value === null || Array.isArray(document.value)) {
		const what = 'this is no Compose file';
		return {file: null, problems: [{where: document.place([]), what, mend: 'it is a map with the key services'}]};
	}
	const value = document.value as Readonly<Record<string, unknown>>;
	problems.push(...missingServices(document, value));
	const services = Object.entries(asMap(value.services) ?? {});
	const keyed = [
		checkKeys({document, path: [], of: 'a Compose file'}, value, topKeys),
		...services.map(([name, service]) =>
			checkKeys({document, path: ['services', name], of: plainWord(name)}, asMap(service) ?? {}, serviceKeys),
		),
	];
	problems.push(...keyed.flatMap(one => one.problems));
	warnings.push(...keyed.flatMap(one => one.warnings));
	const checked = validate(document, fileSchema);
	if (checked.kind === 'wrong') return {file: null, problems: sortProblems([...problems, ...checked.problems])};
	const read = readServices(document, checked.value, problems);
	return {file: {document, input: checked.value, services: read, problems, warnings}, problems: sortProblems(problems)};
}

const keepPrivate = 'what .env or the environment say here stands in the topology: keep that as private as they are';

function missingServices(document: Document, value: Readonly<Record<string, unknown>>): readonly Problem[] {
	if ('services' in value || 'include' in value) return [];
	const old = Object.values(value).some(
		one => typeof one === 'object' && one !== null && ('image' in one || 'build' in one),
	);
	const mend = old ? 'this is Compose’s first format: put the services under the key services' : 'add it';
	return [{where: document.place([]), what: 'a Compose file has the key services, and this has not', mend}];
}

function readServices(document: Document, input: FileInput, problems: Problem[]): ComposeFile['services'] {
	const folder = path.posix.dirname(document.file);
	return new Map(
		Object.entries(input.services ?? {}).map(([name, service]) => {
			const place: Document['place'] = (inner, part) => document.place(['services', name, ...inner], part);
			const read = composeService({name, input: service, place, problems});
			const envFiles = read.envFiles.map(({value, where}) => ({
				value: {...value, path: path.posix.join(folder, value.path)},
				where,
			}));
			return [name, {...read, envFiles}];
		}),
	);
}
