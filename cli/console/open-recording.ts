import {createReadStream, existsSync, statSync} from 'node:fs';
import {createInterface} from 'node:readline';
import type {Parsed} from '../../core/model/problem.ts';
import {parseRecording} from '../../core/recording/parse-recording.ts';
import {type Recording, recordingSchema} from '../../core/recording/recording.ts';

/** The recording in that file; null where the word is no file, or a file of another kind. */
export async function openRecording(path: string): Promise<Parsed<Recording> | null> {
	if (!existsSync(path) || !statSync(path).isFile()) return null;
	const lines: string[] = [];
	for await (const line of createInterface({input: createReadStream(path, 'utf8')})) {
		if (lines.length === 0 && !line.slice(0, 200).includes(recordingSchema.replace(/\d+$/, ''))) return null;
		lines.push(line);
	}
	return lines.length === 0 ? null : parseRecording(path, lines);
}
