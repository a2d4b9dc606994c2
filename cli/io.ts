// Where a command's words go: the result on stdout, everything else on stderr.

export interface Io {
	/** Text of the result, with its newlines. */
	out(text: string): void;
	/** Progress and messages, with their newlines. */
	err(text: string): void;
	/** No character beyond ASCII is printed. */
	readonly ascii?: boolean;
	/** When what was printed has been taken, so that a long result waits for its reader; left out: at once. */
	drained?(): Promise<void>;
	/** Aborted by the first Ctrl-C: what is running is given back, and the command ends with `interrupted`. */
	readonly interrupted: AbortSignal;
	/**
	 * Signals are from now on for `take`, and interrupt nothing: a command runs another program in the same terminal. Gives
	 * back what undoes it. Left out: there are none.
	 */
	handOver?(take: (signal: NodeJS.Signals) => void): () => void;
}

/** What a shell calls the end of a program whose reader went away: 128 and SIGPIPE. */
const readerGone = 141;

/**
 * The process's own streams. Where nobody reads the result any more (`… | head`) the process ends quietly; where nobody
 * reads the progress it goes on, for the result is still wanted.
 */
export function processIo(interrupted: AbortSignal, handOver: NonNullable<Io['handOver']> = () => () => undefined): Io {
	const unlessGone = (then: () => void) => (error: NodeJS.ErrnoException) => {
		if (error.code !== 'EPIPE') throw error;
		then();
	};
	process.stdout.on(
		'error',
		unlessGone(() => process.exit(readerGone)),
	);
	process.stderr.on(
		'error',
		unlessGone(() => undefined),
	);
	return {
		out: text => void process.stdout.write(text),
		err: text => void process.stderr.write(text),
		drained: () => new Promise(taken => void process.stdout.write('', () => taken())),
		interrupted,
		handOver,
	};
}
