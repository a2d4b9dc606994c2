// The events that one line of a recording is.
import type {ZodType} from 'zod';
import type {LabEvent} from '../contracts/event.ts';
import type {WatchEvent} from '../contracts/watch-event.ts';
import {plainWord} from '../files/plain-word.ts';
import {eventSchemas, type PackedAction, type ProbedTogether} from './event-schema.ts';
import {unpack} from './packed-evidence.ts';

/** Of a kind that is not known: `unknown`, with the kind. */
export type ReadEvent =
	| {readonly kind: 'events'; readonly events: readonly WatchEvent[]}
	| {readonly kind: 'unknown'; readonly text: string}
	| {readonly kind: 'fault'; readonly text: string};

export function readEvent(value: unknown): ReadEvent | null {
	const kind = (value as {readonly kind?: unknown} | null)?.kind;
	if (typeof kind !== 'string') return null;
	const schema = eventSchemas.get(kind);
	if (schema === undefined) return {kind: 'unknown', text: kind};
	const fault = faultIn(schema, value);
	if (fault !== null) return {kind: 'fault', text: `this event (${kind}) is not whole: ${fault}`};
	const events = unpacked(value as WatchEvent | ProbedTogether | PackedAction);
	return events === null
		? {kind: 'fault', text: `this event (${kind}) is not whole: a number in it stands for nothing`}
		: {kind: 'events', events};
}

function unpacked(event: WatchEvent | ProbedTogether | PackedAction): readonly WatchEvent[] | null {
	if (!('found' in event)) return [event];
	const {found, ...rest} = event;
	const list = unpack(found);
	if (list === null) return null;
	if (rest.kind === 'action') return [{...rest, evidence: list} as Extract<LabEvent, {kind: 'action'}>];
	return list.map(evidence => ({kind: 'flow-probed', candidate: rest.candidate, evidence, atMs: rest.atMs}));
}

/** The first thing that does not fit, with where it stands; null where all does. */
export function faultIn(schema: ZodType, value: unknown): string | null {
	const result = schema.safeParse(value);
	const [issue] = result.error?.issues ?? [];
	return issue === undefined ? null : `${issue.path.map(part => plainWord(String(part))).join('.')}: ${issue.message}`;
}
