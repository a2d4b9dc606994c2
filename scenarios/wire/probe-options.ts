/** What one call of the prober may take. */
export interface ProbeOptions {
	readonly timeoutMs: number;
	/** How long a settled probe of this call waits for more logs; the prober's own patience where that is longer. */
	readonly patienceMs?: number;
	readonly each?: (done: number) => void;
}
