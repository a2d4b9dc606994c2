// Writes what happens to a file, to be played again by the console.
import {closeSync, openSync, writeSync} from 'node:fs';
import type {WatchEvent} from '../../core/contracts/watch-event.ts';
import {FirebreakError} from '../../core/model/failure.ts';
import type {RecordingHead} from '../../core/recording/recording.ts';
import {renderEvent, renderHead} from '../../core/recording/render-recording.ts';

export interface Recorder extends Disposable {
	tell(event: WatchEvent): void;
}

/**
 * Events of progress are left out: what is done is told again, one by one.
 *
 * @throws FirebreakError `no-recording`, also later, from a timer, where it cannot go on
 */
export function startRecorder(path: string, head: Omit<RecordingHead, 'schema'>): Recorder {
	const file = create(path);
	let waiting = renderHead(head);
	let closed = false;
	const flush = (): void => {
		const text = waiting;
		waiting = '';
		if (text === '' || closed) return;
		try {
			writeSync(file, text);
		} catch (error) {
			closed = true;
			closeSync(file);
			throw new FirebreakError(
				'no-recording',
				`${path} cannot be written any more: ${(error as Error).message}`,
				'make room for it; what was written so far can be played',
				{path},
				error,
			);
		}
	};
	const timer = setInterval(flush, 250);
	timer.unref();
	flush();
	return {
		tell(event) {
			if (event.kind !== 'stage' && !closed) waiting += renderEvent(event);
			if (waiting.length > 1 << 20) flush();
		},
		[Symbol.dispose]() {
			clearInterval(timer);
			flush();
			if (closed) return;
			closed = true;
			closeSync(file);
		},
	};
}

function create(path: string): number {
	try {
		return openSync(path, 'wx', 0o644);
	} catch (error) {
		const there = (error as NodeJS.ErrnoException).code === 'EEXIST';
		throw new FirebreakError(
			'no-recording',
			`${path} cannot be written: ${there ? 'it is there already' : (error as Error).message}`,
			there ? 'another name, or take it away first' : 'name a file in a folder that you may write',
			{path},
			error,
		);
	}
}
