import type {WatchEvent} from '../contracts/watch-event.ts';
import {type RecordingHead, recordingSchema} from './recording.ts';

/** The first line of a recording, with its end. */
export const renderHead = (head: Omit<RecordingHead, 'schema'>): string =>
	`${JSON.stringify({schema: recordingSchema, ...head})}\n`;

/** One event's line, with its end. */
export const renderEvent = (event: WatchEvent): string => `${JSON.stringify(event)}\n`;
