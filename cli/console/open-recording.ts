import {closeSync, createReadStream, openSync, readSync, statSync} from 'node:fs';
import {createInterface} from 'node:readline';
import type {Parsed} from '../../core/model/problem.ts';
import {parseRecording} from '../../core/recording/parse-recording.ts';
import {type Recording, recordingSchema} from '../../core/recording/recording.ts';
import {whyNoRecording} from './no-recording.ts';

/** The recording in that file; null where the word is no file, or a file that a lab may be booted from. */
export async function openRecording(path: string): Promise<Parsed<Recording> | null> {
	if (statSync(path, {throwIfNoEntry: false})?.isFile() !== true) return null;
	const start = startOf(path);
	if (!start.slice(0, 200).includes(recordingSchema.replace(/\d+$/, ''))) {
		const problem = whyNoRecording(path, start);
		return problem === null ? null : {kind: 'wrong', problems: [problem]};
	}
	const lines: string[] = [];
	for await (const line of createInterface({input: createReadStream(path, 'utf8')})) lines.push(line);
	return parseRecording(path, lines);
}

/** As much of it as says what it is. */
function startOf(path: string): string {
	const bytes = Buffer.alloc(64 << 10);
	const file = openSync(path, 'r');
	try {
		return bytes.toString('utf8', 0, readSync(file, bytes));
	} finally {
		closeSync(file);
	}
}
