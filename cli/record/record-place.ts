// Where a recording may be written: known before anything is booted.
import {accessSync, closeSync, constants, openSync, readSync, statSync} from 'node:fs';
import {dirname} from 'node:path';
import {plainWord} from '../../core/files/plain-word.ts';
import type {Problem} from '../../core/model/problem.ts';
import {recordingSchema} from '../../core/recording/recording.ts';

/** A recording of any version, by its beginning. An empty file counts as one: nothing in it is lost. */
export function isRecording(path: string): boolean {
	const found = statSync(path, {throwIfNoEntry: false});
	if (found === undefined || !found.isFile()) return false;
	if (found.size === 0) return true;
	const beginning = Buffer.alloc(200);
	const file = openSync(path, 'r');
	try {
		readSync(file, beginning);
	} finally {
		closeSync(file);
	}
	return beginning.includes(`"schema":"${recordingSchema.replace(/\d+$/, '')}`);
}

/** Why nothing can be recorded to `path` (`--record`; undefined: nothing is recorded). A recording is replaced; nothing else is. */
export function recordProblems(path: string | undefined): readonly Problem[] {
	const fault = path === undefined ? null : faultOf(path);
	return fault === null ? [] : [{where: {file: '--record', line: 1, column: 1}, ...fault}];
}

function faultOf(path: string): Omit<Problem, 'where'> | null {
	if (path === '') return {what: 'no file is named', mend: '--record monday.ndjson'};
	const folder = dirname(path);
	if (statSync(folder, {throwIfNoEntry: false})?.isDirectory() !== true)
		return {what: `there is no folder ${plainWord(folder)}`, mend: 'make it first, or name another'};
	const found = statSync(path, {throwIfNoEntry: false});
	if (found?.isDirectory() === true) return {what: `${plainWord(path)} is a folder`, mend: 'name a file in it'};
	try {
		if (found !== undefined && !isRecording(path))
			return {
				what: `${plainWord(path)} is there, and is no recording: only a recording is replaced`,
				mend: 'another name, or take it away first',
			};
		accessSync(folder, constants.W_OK);
		return null;
	} catch (error) {
		return {
			what: `${plainWord(path)} cannot be written: ${(error as Error).message}`,
			mend: 'name a file in a folder that you may write',
		};
	}
}
