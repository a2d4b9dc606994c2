// A recording's lines from what happens: flows that were probed together are one line.
import type {LabEvent} from '../contracts/event.ts';
import type {WatchEvent} from '../contracts/watch-event.ts';
import {eventSchemas} from './event-schema.ts';
import {pack} from './packed-evidence.ts';
import {recordedRehearsal, recordedSource} from './recorded.ts';
import {type RecordingHead, recordingSchema} from './recording.ts';

/** The first line of a recording, with its end. */
export function renderHead({rehearsal, sources, ...head}: Omit<RecordingHead, 'schema'>): string {
	const texts = Object.entries(sources).flatMap(([file, text]) => {
		const kept = recordedSource(text);
		return kept === null ? [] : [[file, kept]];
	});
	const recorded = {...head, rehearsal: recordedRehearsal(rehearsal), sources: Object.fromEntries(texts)};
	return `${JSON.stringify({schema: recordingSchema, ...recorded})}\n`;
}

type Probed = Extract<LabEvent, {kind: 'flow-probed'}>;

/** Flows on one line have the time of the first: at most so many, and no later. */
const mostFlows = 4096;
const mostMs = 100;

export interface RecordingLines {
	/** What can be written now, with its end; empty where more flows may follow. */
	tell(event: WatchEvent): string;
	/** What still waits for more. */
	rest(): string;
}

/** Events of progress are left out, since what is done is told again, and so is what programs print. */
export function recordingLines(): RecordingLines {
	let waiting: Probed[] = [];
	const rest = (): string => {
		const [first] = waiting;
		if (first === undefined) return '';
		const found = pack(waiting.map(({evidence}) => evidence));
		waiting = [];
		return line({kind: 'flows-probed', candidate: first.candidate, found, atMs: first.atMs});
	};
	return {
		rest,
		tell(event) {
			if (event.kind === 'stage' || !eventSchemas.has(event.kind)) return '';
			if (event.kind !== 'flow-probed') return rest() + line(packedAction(event));
			const [first] = waiting;
			const together =
				first !== undefined &&
				first.candidate === event.candidate &&
				waiting.length < mostFlows &&
				event.atMs - first.atMs <= mostMs;
			const before = together ? '' : rest();
			waiting.push(event);
			return before;
		},
	};
}

function packedAction(event: WatchEvent): object {
	if (event.kind !== 'action' || event.evidence.length === 0) return event;
	const {evidence, ...action} = event;
	return {...action, found: pack(evidence)};
}

const line = (value: object): string => `${JSON.stringify(value)}\n`;
