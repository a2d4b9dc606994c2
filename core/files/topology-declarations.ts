// Several topology files as one set of named things, each with the place it was declared at.
import {type Problem, renderProblem} from '../model/problem.ts';
import type {Runtime} from '../model/topology.ts';
import {type Document, readSalvaging} from './document.ts';
import {nameSchema} from './name.ts';
import {nearest} from './nearest.ts';
import type {Path} from './reading.ts';
import {salvage} from './salvage.ts';
import type {DependencyInput, NetworkInput, SecretInput, TopologyInput, WorkloadInput} from './topology-schema.ts';
import {topologySchema} from './topology-schema.ts';
import {validate} from './validate.ts';

export interface Declared<T> {
	readonly name: string;
	readonly input: T;
	readonly document: Document;
	/** Where its value stands in the document. */
	readonly path: Path;
}

export interface Declarations {
	/** Of the first file. */
	readonly name: string;
	/** Undefined where no file asks for one. */
	readonly runtime: Runtime | undefined;
	readonly environments: readonly string[];
	readonly networks: ReadonlyMap<string, Declared<NetworkInput>>;
	readonly workloads: ReadonlyMap<string, Declared<WorkloadInput>>;
	readonly secrets: ReadonlyMap<string, Declared<SecretInput>>;
	readonly dependencies: readonly Declared<DependencyInput>[];
	/** Words of what did not fit the schema: not to be called unknown. */
	readonly lost: ReadonlySet<string>;
	/** False where a whole section was lost, so that nothing can be said of what the others name. */
	readonly whole: boolean;
	readonly files: readonly string[];
}

/** What the resolvers of a topology share. Problems are gathered, so that all are told at once. */
export interface Draft extends Declarations {
	readonly problems: Problem[];
	readonly warnings: Problem[];
	/** Problems already told, in print. */
	readonly told: Set<string>;
	/** Grows with what turns out to be wrong: nothing is said of those who name it. */
	readonly lost: Set<string>;
}

interface Source {
	readonly document: Document;
	readonly input: TopologyInput;
	readonly lost: ReadonlySet<string>;
	readonly whole: boolean;
}

/** Everything that the files declare, as far as it can be read; undefined where one of them is no YAML map at all. */
export function declare(
	sources: readonly {readonly file: string; readonly text: string}[],
	problems: Problem[],
): Declarations | undefined {
	const read = sources.map(({file, text}) => readSource(file, text, problems));
	const files = read.filter(source => source !== undefined);
	if (files.length < sources.length || files.length === 0) return undefined;
	const environments = files.flatMap(source => environmentsOf(source, problems));
	checkNames(files, problems);
	const runtime = runtimeOf(files, problems);
	const gather = <T>(section: 'networks' | 'workloads' | 'secrets'): ReadonlyMap<string, Declared<T>> => {
		const all = new Map<string, Declared<T>>();
		for (const {document, input} of files)
			for (const [name, value] of Object.entries(input[section])) {
				const here: Declared<T> = {name, input: value as T, document, path: [section, name]};
				const there = all.get(name);
				if (there === undefined) all.set(name, here);
				else problems.push(twice(`the ${section.slice(0, -1)} ${name}`, here, there));
			}
		return all;
	};
	return {
		name: files[0]!.input.topology,
		runtime,
		environments: [...new Set(environments)],
		networks: gather('networks'),
		workloads: gather('workloads'),
		secrets: gather('secrets'),
		dependencies: files.flatMap(({document, input}) =>
			input.dependencies.map((one, index) => ({name: one.need, input: one, document, path: ['dependencies', index]})),
		),
		lost: new Set(files.flatMap(({lost}) => [...lost])),
		whole: files.every(({whole}) => whole),
		files: files.map(({document}) => document.file),
	};
}

const draftSchema = topologySchema.extend({topology: nameSchema.default('unnamed')});

function readSource(file: string, text: string, problems: Problem[]): Source | undefined {
	const {document, problems: unread} = readSalvaging(file, text);
	problems.push(...unread);
	if (document === null || (document.value === null && unread.length > 0)) return undefined;
	const valid = validate(document, topologySchema);
	if (valid.kind === 'ok') return {document, input: valid.value, lost: new Set(), whole: true};
	problems.push(...valid.problems);
	const rest = salvage(draftSchema, document.value);
	if (rest === undefined) return undefined;
	return {document, input: rest.value, lost: rest.lost, whole: isWhole(document.value as object, rest.lost)};
}

/** Whether every section that the file seems to have was read: a misspelt key may be one. */
function isWhole(value: object, lost: ReadonlySet<string>): boolean {
	const sections = ['environments', 'networks', 'workloads', 'secrets'];
	return Object.keys(value).every(key => {
		const meant = sections.includes(key) ? key : nearest(key, sections);
		return meant === undefined || !lost.has(key) || (meant !== key && Object.hasOwn(value, meant));
	});
}

function environmentsOf({document, input}: Source, problems: Problem[]): readonly string[] {
	for (const [index, name] of input.environments.entries())
		if (input.environments.indexOf(name) < index) {
			const where = document.place(['environments', index]);
			problems.push({where, what: `the environment ${name} stands twice`, mend: 'keep one of them'});
		}
	return input.environments;
}

/** One lab has one runtime. */
function runtimeOf(files: readonly Source[], problems: Problem[]): Runtime | undefined {
	const asking = files.filter(({input}) => input.runtime !== undefined);
	const [first] = asking;
	const other = asking.find(({input}) => input.runtime !== first?.input.runtime);
	if (other !== undefined)
		problems.push({
			where: other.document.place(['runtime'], 'key'),
			what: `two runtimes are asked for, the first in ${first!.document.file}`,
			mend: 'a lab has one: say it once',
		});
	return first?.input.runtime;
}

function checkNames(files: readonly Source[], problems: Problem[]): void {
	const seen = new Map<string, Source>();
	for (const source of files) {
		const {topology: name} = source.input;
		const first = seen.get(name);
		if (first === undefined) seen.set(name, source);
		else if (!source.lost.has(name) && name !== 'unnamed')
			problems.push(twice(`the topology ${name}`, named(source), named(first)));
	}
}

const named = ({document, input}: Source): Declared<TopologyInput> => ({
	name: input.topology,
	input,
	document,
	path: ['topology'],
});

function twice(what: string, here: Declared<unknown>, there: Declared<unknown>): Problem {
	const first = there.document.place(there.path, 'key');
	return {
		where: here.document.place(here.path, 'key'),
		what: `${what} stands in two files, first in ${first.file}:${first.line}`,
		mend: 'rename one of them',
	};
}

/** Adds a problem at `path` of the file that `declared` stands in. The same problem is told once. */
export function complain(
	draft: Draft,
	at: {readonly document: Document; readonly path: Path; readonly part?: 'key' | 'value'},
	what: string,
	mend: string,
): void {
	const problem = {where: at.document.place(at.path, at.part ?? 'value'), what, mend};
	const text = renderProblem(problem);
	if (draft.told.has(text)) return;
	draft.told.add(text);
	draft.problems.push(problem);
}
