// What `define` names, over all files in force together. A definition may use others, in any order and any file.
import {nameSchema} from './name.ts';
import {plainWord} from './plain-word.ts';
import type {DefinitionInput, PortInput} from './policy-schema.ts';
import {protocolWords} from './ports.ts';
import {type DefinedSets, type Path, type Reading, report} from './reading.ts';
import {readPorts} from './rule-ports.ts';
import {readSelector} from './selector.ts';
import type {SelectorInput} from './selector-schema.ts';

/** One file's definitions, and what reads that file. */
export interface DefiningFile {
	readonly define: Readonly<Record<string, DefinitionInput>>;
	/** Without `sets`, which are what is made here. */
	readonly reading: Omit<Reading, 'sets'>;
}

interface Definition {
	readonly input: DefinitionInput;
	readonly path: Path;
	readonly reading: Omit<Reading, 'sets'>;
}

/**
 * The sets that `files` define. Each definition is read once, when it is first asked for, and all of them before this
 * returns, so that unused ones are checked too. Names that stand twice, mean something else already, or go in a circle
 * are problems of their file.
 */
export function definedSets(files: readonly DefiningFile[], complete: boolean): DefinedSets {
	const definitions = gather(files);
	const of = (kind: 'ports' | 'selectors'): string[] =>
		[...definitions].filter(([, {input}]) => kindOf(input) === kind).map(([name]) => name);
	const names = {selectors: of('selectors'), ports: of('ports')};
	const selector = once(definitions, ({input, path, reading}) =>
		kindOf(input) === 'selectors' ? readSelector({...reading, sets}, input as SelectorInput, path) : undefined,
	);
	const ports = once(definitions, ({input, path, reading}) =>
		kindOf(input) === 'ports'
			? readPorts({...reading, sets}, {input: [input].flat() as PortInput[], to: null}, path)
			: undefined,
	);
	const sets: DefinedSets = {names, complete, selector, ports};
	for (const name of names.selectors) selector(name);
	for (const name of names.ports) ports(name);
	return sets;
}

/** Text or number, alone or first in a list, means ports; everything else workloads. */
function kindOf(input: DefinitionInput): 'ports' | 'selectors' {
	const first = Array.isArray(input) ? input[0] : input;
	return typeof first === 'object' ? 'selectors' : 'ports';
}

function gather(files: readonly DefiningFile[]): ReadonlyMap<string, Definition> {
	const definitions = new Map<string, Definition>();
	for (const {define, reading} of files)
		for (const [name, input] of Object.entries(define)) {
			const path = ['define', name];
			const twice = definitions.get(name)?.reading.document.file;
			const wrong = whyNot(name, twice, reading);
			if (wrong === undefined) definitions.set(name, {input, path, reading});
			else report(reading, {path, part: 'key'}, wrong);
		}
	return definitions;
}

function whyNot(
	name: string,
	twice: string | undefined,
	{known: {services}}: Pick<Reading, 'known'>,
): {readonly what: string; readonly mend: string} | undefined {
	const mend = 'give the set another name';
	const word = plainWord(name);
	if (twice !== undefined) return {what: `${word} is already defined in ${twice}`, mend};
	if (protocolWords.some(protocol => protocol === name))
		return {what: `${word} already means every ${word} port`, mend};
	if (services.has(name)) return {what: `${word} is already the name of a service`, mend};
	if (nameSchema.safeParse(name).success && !/^[\d-]+$/.test(name)) return undefined;
	return {what: `${word} cannot be a name here`, mend: 'a name has letters, digits, - and _, and is no number'};
}

/** `read` of each name at most once; while a name is being read, asking for it again is a circle. */
function once<T extends readonly unknown[]>(
	definitions: ReadonlyMap<string, Definition>,
	read: (definition: Definition) => T | undefined,
): (name: string) => T | undefined {
	const results = new Map<string, T | undefined | 'open'>();
	return name => {
		const definition = definitions.get(name);
		if (definition === undefined) return undefined;
		const known = results.get(name);
		if (known === 'open') {
			report(
				definition.reading,
				{path: definition.path, part: 'key'},
				{
					what: `${plainWord(name)} is defined by itself`,
					mend: 'a definition may use others, but not in a circle',
				},
			);
			return [] as unknown as T;
		}
		if (known !== undefined || results.has(name)) return known as T | undefined;
		results.set(name, 'open');
		const value = read(definition);
		results.set(name, value);
		return value;
	};
}
