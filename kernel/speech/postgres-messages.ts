// The frontend/backend protocol, version 3: messages to bytes and bytes to messages.
// Source: PostgreSQL documentation, "Message Formats".

/** One message of a client. The first ones, which have no type byte, have the type `startup`. */
export interface Incoming {
	readonly type: string;
	readonly body: Buffer;
}

const maximum = 64 * 1024;

export const int16 = (value: number): Buffer => {
	const bytes = Buffer.alloc(2);
	bytes.writeInt16BE(value);
	return bytes;
};

export const int32 = (value: number): Buffer => {
	const bytes = Buffer.alloc(4);
	bytes.writeInt32BE(value);
	return bytes;
};

export const cstring = (text: string): Buffer => Buffer.from(`${text.replaceAll('\0', '')}\0`);

/** A message to the client: its type, one letter, and the parts of its body. */
export function message(type: string, ...parts: readonly Buffer[]): Buffer {
	const body = Buffer.concat(parts);
	return Buffer.concat([Buffer.from(type, 'latin1'), int32(body.length + 4), body]);
}

/** An ErrorResponse. `code` is the SQLSTATE. */
export const errorMessage = (severity: 'ERROR' | 'FATAL', code: string, text: string): Buffer =>
	message('E', ...[`S${severity}`, `V${severity}`, `C${code}`, `M${text}`, ''].map(cstring));

/** The zero-terminated strings of a body, up to the first empty one. */
export function cstrings(body: Buffer): readonly string[] {
	const all = body.toString('utf8').split('\0');
	const end = all.indexOf('');
	return end === -1 ? all : all.slice(0, end);
}

/** Puts chunks together to messages. `push` gives those that are complete; null when no client would send such bytes. */
export class MessageReader {
	#pending: Buffer = Buffer.alloc(0);
	#typed = false;

	/** From the next message on, each begins with its type. */
	expectTypes(): void {
		this.#typed = true;
	}

	push(chunk: Buffer): void {
		this.#pending = Buffer.concat([this.#pending, chunk]);
	}

	/** The next complete message, `wait` while there is none, `garbage` when none can come of it. */
	next(): Incoming | 'wait' | 'garbage' {
		const start = this.#typed ? 1 : 0;
		if (this.#pending.length < start + 4) return 'wait';
		const length = this.#pending.readUInt32BE(start);
		if (length < (this.#typed ? 4 : 8) || length > maximum) return 'garbage';
		if (this.#pending.length < start + length) return 'wait';
		const type = this.#typed ? this.#pending.toString('latin1', 0, 1) : 'startup';
		const body = this.#pending.subarray(start + 4, start + length);
		this.#pending = this.#pending.subarray(start + length);
		return {type, body};
	}
}
