// One client's side of the protocol on a stream, whoever opened that.
import type {Duplex} from 'node:stream';
import type {WatchEvent} from '../core/contracts/watch-event.ts';
import {FirebreakError} from '../core/model/failure.ts';
import {type Answer, type Failure, type Hello, type Method, type Methods, readLines, write} from './protocol.ts';

export interface Line {
	/** Throws what the engine threw, or why it is gone. */
	ask<M extends Method>(method: M, asks: Methods[M]['asks']): Promise<Methods[M]['gives']>;
	/** Whether something that was asked is still to be answered. */
	busy(): boolean;
	/** The engine is gone: whoever waits hears `error`, and whoever asks later too. */
	fail(error: Error): void;
}

export interface Told {
	readonly onEvent: (event: WatchEvent) => void;
	readonly onHello?: (hello: Hello) => void;
}

export function openLine(stream: Duplex, {onEvent, onHello}: Told): Line {
	const waiting = new Map<number, {resolve: (gives: never) => void; reject: (error: Error) => void}>();
	let gone: Error | undefined;
	let lastId = 0;
	stream.on('error', () => undefined);
	readLines<Answer>(stream, answer => {
		if (answer.kind === 'hello') onHello?.(answer);
		else if (answer.kind === 'event') onEvent(answer.event);
		else {
			const asked = waiting.get(answer.id);
			waiting.delete(answer.id);
			if (answer.kind === 'answer') asked?.resolve(answer.gives as never);
			else asked?.reject(errorOf(answer.failure));
		}
	});
	return {
		busy: () => waiting.size > 0,
		fail(error) {
			gone ??= error;
			for (const {reject} of waiting.values()) reject(gone);
			waiting.clear();
		},
		ask: (method, asks) =>
			new Promise((resolve, reject) => {
				if (gone !== undefined) return reject(gone);
				const id = ++lastId;
				waiting.set(id, {resolve, reject});
				write(stream, {id, method, asks} as never);
			}),
	};
}

function errorOf({kind, code, message, mend, stack}: Failure): Error {
	if (kind === 'machine') return new FirebreakError(code, message, mend);
	const bug = new Error(message);
	if (stack !== null) bug.stack = `in the engine: ${stack}`;
	return bug;
}
