// Writes what happens to a file, to be played again by the console. Whatever ends this process, what was told so far is a
// recording; kill -9 takes the last quarter of a second.
import {appendFileSync, closeSync, openSync, rmSync} from 'node:fs';
import type {WatchEvent} from '../../core/contracts/watch-event.ts';
import {FirebreakError} from '../../core/model/failure.ts';
import type {RecordingHead} from '../../core/recording/recording.ts';
import {recordingLines, renderHead} from '../../core/recording/render-recording.ts';
import {isRecording} from './record-place.ts';

export interface Recorder extends Disposable {
	tell(event: WatchEvent): void;
}

export interface RecorderOptions {
	/** What a person must know: that it ended before what it records. */
	readonly say: (text: string) => void;
	/** It ends there, with a note: a watch may go on for weeks, and a player reads all of it at once. */
	readonly mostBytes?: number;
}

const flushMs = 250;
const mostWaiting = 1 << 20;
const mostBytesOfAll = 256 << 20;

/** What stands at `path` is a recording, and replaced, or nothing (`recordProblems`). @throws FirebreakError `no-recording` */
export function startRecorder(
	path: string,
	head: Omit<RecordingHead, 'schema'>,
	{say, mostBytes = mostBytesOfAll}: RecorderOptions,
): Recorder {
	const file = create(path);
	const lines = recordingLines();
	let waiting = renderHead(head);
	let bytes = 0;
	let ended = false;
	const end = (): void => {
		if (ended) return;
		ended = true;
		clearInterval(timer);
		process.off('exit', close);
		closeSync(file);
	};
	const flush = (): void => {
		if (ended || waiting === '') return;
		const text = waiting;
		waiting = '';
		try {
			appendFileSync(file, text);
		} catch (error) {
			end();
			say(`the recording ends here: ${path} cannot be written: ${(error as Error).message}`);
		}
		bytes += Buffer.byteLength(text);
	};
	const close = (): void => {
		if (!ended) waiting += lines.rest();
		flush();
		end();
	};
	const timer = setInterval(() => {
		waiting += lines.rest();
		flush();
	}, flushMs);
	timer.unref();
	process.once('exit', close);
	flush();
	return {
		tell(event) {
			if (ended) return;
			waiting += lines.tell(event);
			if (waiting.length > mostWaiting) flush();
			if (ended || bytes + waiting.length <= mostBytes) return;
			const full = `the recording is full after ${mostBytes >> 20} MB: what follows is not in it`;
			waiting += lines.tell({kind: 'note', text: full, atMs: event.atMs});
			close();
			say(full);
		},
		[Symbol.dispose]: close,
	};
}

/** A new file also where a recording stands: whoever still writes that one does not write into this. */
function create(path: string): number {
	try {
		if (isRecording(path)) rmSync(path);
		return openSync(path, 'wx', 0o644);
	} catch (error) {
		throw new FirebreakError(
			'no-recording',
			`${path} cannot be written: ${(error as Error).message}`,
			'name a file in a folder that you may write',
			{path},
			error,
		);
	}
}
