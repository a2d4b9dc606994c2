// The door to redis-parser: RESP, version 2, in both directions.
import type {Socket} from 'node:net';
import Parser from 'redis-parser';

/** A value as RESP carries it; an error is an `Error`. */
export type RespValue = string | number | null | Error | readonly RespValue[];

const maximum = 64 * 1024;

/**
 * Reads values from a socket and resumes it. What is not RESP, or longer than 64 KiB, is reported once and ends the
 * reading: redis-parser throws on some input and gathers the rest without limit.
 */
export function readResp(
	socket: Socket,
	on: {readonly value: (value: RespValue) => void; readonly garbage: () => void},
): void {
	let length = 0;
	let over = false;
	const stop = (): void => {
		if (!over) on.garbage();
		over = true;
	};
	const take = (value: RespValue): void => {
		length = 0;
		if (!over) on.value(value);
	};
	const parser = new Parser({returnReply: take, returnError: take, returnFatalError: stop});
	socket.on('data', chunk => {
		length += chunk.length;
		if (over) return;
		try {
			if (length > maximum) stop();
			else parser.execute(chunk);
		} catch {
			stop();
		}
	});
	socket.resume();
}

const bulk = (text: string): string => `$${Buffer.byteLength(text)}\r\n${text}\r\n`;

/** A command as clients send it: an array of bulk strings. */
export const renderCommand = (words: readonly string[]): string => `*${words.length}\r\n${words.map(bulk).join('')}`;

/** A reply: text as a bulk string, `ok` as a simple one, an error with its code as its first word. */
export const renderReply = {
	ok: (text: string): string => `+${text}\r\n`,
	error: (text: string): string => `-${text.replaceAll(/[\r\n]/g, ' ')}\r\n`,
	text: bulk,
	nothing: '$-1\r\n',
	empty: '*0\r\n',
} as const;
