// A YAML file as a value that knows where each part of it stands. Every file a user writes is read through here.
import {type Parsed, type Place, type Problem, sortProblems} from '../model/problem.ts';
import {composeYaml} from './compose-yaml.ts';
import {type Fault, plainValue, type Spot} from './plain-value.ts';
import {checkText} from './text-limits.ts';

export interface Document {
	readonly file: string;
	/** Objects, arrays, strings, numbers, booleans and null; null for an empty file. */
	readonly value: unknown;
	/**
	 * Where the value at `path` stands, or its key with `part: 'key'` (an item of a list is its own key). What is not
	 * there has the place of the nearest thing around it.
	 */
	place(path: readonly (string | number)[], part?: 'key' | 'value'): Place;
}

/** A document as far as it can be read, with what is wrong with it; null where its syntax is. */
export interface Salvaged {
	readonly document: Document | null;
	readonly problems: readonly Problem[];
}

/**
 * YAML 1.2 (core schema, one document, no tags, merge keys only where asked for) as a value with places. Never throws, whatever `text`
 * is: size, nesting, aliases and the number of faults have limits.
 */
export function readDocument(file: string, text: string): Parsed<Document> {
	const {document, problems} = readSalvaging(file, text);
	return document === null || problems.length > 0
		? {kind: 'wrong', problems}
		: {kind: 'ok', value: document, warnings: []};
}

/**
 * The same, for readers that go on looking for problems in a document that has some: of a key that stands twice the
 * first counts. The document must not be used where there are problems.
 */
export function readSalvaging(file: string, text: string, mergeKeys: 'read' | 'refused' = 'refused'): Salvaged {
	const unfit = checkText(file, text);
	if (unfit !== undefined) return {document: null, problems: [unfit]};
	try {
		return compose(file, text, mergeKeys);
	} catch (error) {
		// The library recurses: RangeError is its answer to what the limits let through.
		if (!(error instanceof RangeError)) throw error;
		const where = {file, line: 1, column: 1};
		return {document: null, problems: [{where, what: 'nested too deep to be read', mend: ''}]};
	}
}

function compose(file: string, text: string, mergeKeys: 'read' | 'refused'): Salvaged {
	const {contents, lines, faults: syntax} = composeYaml(text);
	const at = (offset: number): Place => {
		const {line, col} = lines.linePos(offset);
		return {file, line: Math.max(1, line), column: Math.max(1, col)};
	};
	const placed = (faults: readonly Fault[]): readonly Problem[] =>
		sortProblems(faults.map(({offset, what, mend}) => ({where: at(offset), what, mend})));
	if (syntax.length > 0) return {document: null, problems: placed(syntax)};
	const {value, spot, faults} = plainValue(contents, mergeKeys);
	const place: Document['place'] = (path, part = 'value') => at(offsetAt(spot, path, part));
	return {document: {file, value, place}, problems: placed(faults)};
}

function offsetAt(root: Spot, path: readonly (string | number)[], part: 'key' | 'value'): number {
	let spot = root;
	for (const step of path) {
		const next = spot.inside.get(step);
		if (next === undefined) return spot.key;
		spot = next;
	}
	return part === 'key' ? spot.key : spot.value;
}
