// A recording from its lines: the value, or every problem of it.
import type {WatchEvent} from '../contracts/watch-event.ts';
import {plainWord} from '../files/plain-word.ts';
import type {Parsed, Problem} from '../model/problem.ts';
import {headSchema} from './head-schema.ts';
import {faultIn, readEvent} from './read-event.ts';
import {type Recording, type RecordingHead, recordingSchema} from './recording.ts';

/** What is told at once of one file. */
const mostProblems = 20;

/**
 * The recording in these lines, the first of which is its head. A last line that was cut is left out with a warning, and
 * so are events of kinds that this release does not know.
 *
 * @param file - what problems are told with
 */
export function parseRecording(file: string, lines: Iterable<string>): Parsed<Recording> {
	const at = (line: number, what: string, mend = ''): Problem => ({where: {file, line, column: 1}, what, mend});
	let head: RecordingHead | undefined;
	const events: WatchEvent[] = [];
	const problems: Problem[] = [];
	const unknown = new Map<string, {count: number; line: number}>();
	/** A line that is no JSON: only the last may be. */
	let broken: number | undefined;
	let number = 0;
	for (const line of lines) {
		number++;
		if (line.trim() === '') continue;
		if (broken !== undefined) problems.push(at(broken, 'this line is no JSON', 'a recording has one event a line'));
		broken = undefined;
		if (problems.length >= mostProblems) break;
		const value = parsedJson(line);
		if (value === undefined) {
			if (head === undefined) return wrong([at(number, 'this is no recording', beginning)]);
			broken = number;
			continue;
		}
		if (head === undefined) {
			const fault = headFault(value.json);
			if (fault !== null) return wrong([at(number, fault.what, fault.mend)]);
			head = value.json as RecordingHead;
			continue;
		}
		const read = readEvent(value.json);
		if (read === null) problems.push(at(number, 'this line is no event', 'an event has a kind and its atMs'));
		else if (read.kind === 'fault') problems.push(at(number, read.text));
		else if (read.kind === 'unknown') {
			const known = unknown.get(read.text) ?? {count: 0, line: number};
			unknown.set(read.text, {...known, count: known.count + 1});
		} else for (const event of read.events) events.push(event);
	}
	if (problems.length > 0) return wrong(problems.slice(0, mostProblems));
	if (head === undefined) return wrong([at(1, 'this file is empty', beginning)]);
	const warnings = [
		...[...unknown].map(([kind, {count, line}]) =>
			at(line, `${count} events of a kind that this release does not know (${plainWord(kind)}) are left out`),
		),
		...(broken === undefined ? [] : [at(broken, 'the last line is cut: the recording ends before it')]),
	];
	return {kind: 'ok', value: {head, events}, warnings};
}

/** What a file that is none is told with. */
export const beginning = `a recording begins with a line that has the schema ${recordingSchema}`;

const wrong = (problems: readonly Problem[]): Parsed<Recording> => ({kind: 'wrong', problems});

function parsedJson(line: string): {readonly json: unknown} | undefined {
	try {
		return {json: JSON.parse(line)};
	} catch {
		return undefined;
	}
}

function headFault(value: unknown): {readonly what: string; readonly mend: string} | null {
	const schema = (value as {readonly schema?: unknown} | null)?.schema;
	if (typeof schema !== 'string' || !schema.startsWith('firebreak/recording/'))
		return {what: 'this is no recording', mend: beginning};
	if (schema !== recordingSchema)
		return {
			what: `this recording is ${plainWord(schema)}, and this release reads ${recordingSchema}`,
			mend: 'play it with the release that wrote it, or a later one',
		};
	const fault = faultIn(headSchema, value);
	return fault === null ? null : {what: `the head of this recording is not whole: ${fault}`, mend: ''};
}
