// What a file is that is no recording, for somebody who wanted to play it.
import {fileKind} from '../../core/files/file-kind.ts';
import {plainWord} from '../../core/files/plain-word.ts';
import type {Problem} from '../../core/model/problem.ts';
import {beginning} from '../../core/recording/parse-recording.ts';

/** @param text - its beginning. Null where it may be what a lab is booted from */
export function whyNoRecording(file: string, text: string): Problem | null {
	const found = whatItIs(file, text);
	if (found === null) return null;
	const {is, mend = beginning} = found;
	return {where: {file, line: 1, column: 1}, what: `this is no recording: it is ${is}`, mend};
}

function whatItIs(file: string, text: string): {readonly is: string; readonly mend?: string} | null {
	if (text === '') return {is: 'empty'};
	if (text.includes('\0')) return {is: 'a binary file'};
	const schema = /^\s*\{\s*"schema":\s*"(firebreak\/[\w/-]+)"/.exec(text)?.[1];
	if (schema !== undefined) return {is: `a result of another command (${plainWord(schema)})`};
	if (/^\{"kind":"[\w-]+",.*"atMs":/.test(text))
		return {
			is: 'events without the head of a recording, as --format ndjson prints them',
			mend: '--record FILE in place of --format ndjson writes one that can be played',
		};
	return fileKind(file, text) === 'unknown'
		? {is: 'no rehearsal either, nor a file of Compose, containerlab or Kubernetes'}
		: null;
}
