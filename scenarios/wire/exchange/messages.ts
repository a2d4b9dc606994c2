/** One of several messages that carry data, each answered before the next. */
export interface Message {
	readonly text: Buffer;
	/** Bytes of it that got there, by what was answered; 0 where the answer is no receipt of it. */
	readonly arrived: (reply: Buffer) => number;
}
