// The yaml library's parser, stopped when it has found enough: it makes an Error with a stack for each fault, and a
// megabyte of brackets has a million of them.
import {Composer, LineCounter, type Node, Parser} from 'yaml';
import type {Fault} from './plain-value.ts';
import {printable} from './wording.ts';

export interface Composed {
	readonly contents: Node | null;
	readonly lines: LineCounter;
	/** Faults of syntax, at most 20: the rest follows from the first. `contents` is to be used only where there are none. */
	readonly faults: readonly Fault[];
}

const mostFaults = 20;

type Source = number | readonly number[] | {readonly offset: number};
type Report = (source: Source, code: string, message: string, warning?: boolean) => void;

/** One YAML 1.2 document as nodes. Throws RangeError where it is nested deeper than the stack. */
export function composeYaml(text: string): Composed {
	const lines = new LineCounter();
	const composer = new Composer({uniqueKeys: false, resolveKnownTags: false});
	const faults: Fault[] = [];
	const enough = new Error('enough faults');
	const report: Report = (source, code, message) => {
		// The composer catches what is thrown inside a node and reports it here: then this throws again, one level up.
		if (faults.length >= mostFaults) throw enough;
		faults.push({offset: offsetOf(source), what: whatOf(code, message), mend: mends[code] ?? ''});
	};
	// The library has no option for this; were `onError` renamed, `rest` below would still find every fault, later.
	Object.assign(composer, {onError: report});
	try {
		const documents = [];
		for (const token of new Parser(lines.addNewLine).parse(text)) {
			if (token.type === 'error') report(token.offset, 'UNEXPECTED_TOKEN', token.message);
			documents.push(...composer.next(token));
			if (documents.length > 1) break;
		}
		if (documents.length < 2) documents.push(...composer.end(true, text.length));
		const [first, second] = documents;
		if (second !== undefined) report(second.range[0], 'MULTIPLE_DOCS', 'a second document starts here');
		if (faults.length === 0)
			for (const rest of [...first!.errors, ...first!.warnings]) report(rest.pos, rest.code, rest.message);
		return {contents: first?.contents ?? null, lines, faults};
	} catch (error) {
		if (error !== enough) throw error;
		return {contents: null, lines, faults};
	}
}

const offsetOf = (source: Source): number =>
	typeof source === 'number' ? source : 'offset' in source ? source.offset : (source[0] ?? 0);

/** `RESOURCE_EXHAUSTION` is the library's name for a stack that overflowed. */
const whatOf = (code: string, message: string): string =>
	code === 'RESOURCE_EXHAUSTION'
		? 'nested too deep to be read'
		: `not YAML: ${printable(message.split('\n')[0]!.slice(0, 120))}`;

const mends: Readonly<Record<string, string>> = {
	TAB_AS_INDENT: 'indent with spaces',
	MULTIPLE_DOCS: 'one file holds one document: remove what follows the ---',
	TAG_RESOLVE_FAILED: 'tags (!…) mean nothing here: remove it',
	BAD_ALIAS: 'put a word that starts with * in quotes',
	BAD_SCALAR_START: 'put the text in quotes',
	BAD_INDENT: 'indent all keys of one map alike',
	MULTILINE_IMPLICIT_KEY: 'is a colon missing on this line, or a quote or bracket open?',
	BLOCK_AS_IMPLICIT_KEY: 'put a text that has a colon in quotes',
	MISSING_CHAR: 'close the quote or bracket',
};
