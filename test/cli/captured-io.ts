import type {Io} from '../../cli/io.ts';

/** An Io that keeps what was printed. */
export interface CapturedIo extends Io {
	readonly stdout: string;
	readonly stderr: string;
}

export function capturedIo(interrupted: AbortSignal = new AbortController().signal): CapturedIo {
	const kept = {stdout: '', stderr: ''};
	return {
		out: text => void (kept.stdout += text),
		err: text => void (kept.stderr += text),
		interrupted,
		get stdout() {
			return kept.stdout;
		},
		get stderr() {
			return kept.stderr;
		},
	};
}
