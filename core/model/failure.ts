/** The machine cannot do what was asked: exit 3. One line, the mend, and data for callers, who test `code` and never the message. */
export class FirebreakError extends Error {
	readonly code: string;
	readonly mend: string;
	readonly data: Readonly<Record<string, unknown>>;

	constructor(
		code: string,
		message: string,
		mend: string,
		data: Readonly<Record<string, unknown>> = {},
		cause?: unknown,
	) {
		super(message, cause === undefined ? undefined : {cause});
		this.name = 'FirebreakError';
		this.code = code;
		this.mend = mend;
		this.data = data;
	}
}
