// Where a command's words go: the result on stdout, everything else on stderr.

export interface Io {
	/** Text of the result, with its newlines. */
	out(text: string): void;
	/** Progress and messages, with their newlines. */
	err(text: string): void;
	/** Aborted by the first Ctrl-C: what is running is given back, and the command ends with `interrupted`. */
	readonly interrupted: AbortSignal;
}

/** The process's own streams. A reader that went away (`… | head`) ends the process quietly. */
export function processIo(interrupted: AbortSignal): Io {
	const quietly = (error: NodeJS.ErrnoException): void => {
		if (error.code === 'EPIPE') process.exit();
		throw error;
	};
	process.stdout.on('error', quietly);
	process.stderr.on('error', quietly);
	return {out: text => void process.stdout.write(text), err: text => void process.stderr.write(text), interrupted};
}
