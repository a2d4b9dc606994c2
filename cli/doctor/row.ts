// What the doctor found of one thing, as a value: tried and not guessed.

export interface Row {
	readonly name: string;
	/** `poor`: it is there, and less than a large lab wants; `untried`: what it leans on is missing. */
	readonly state: 'ok' | 'poor' | 'missing' | 'untried';
	/** A lab cannot run without it. */
	readonly needed: boolean;
	/** What was tried and what came of it: one line. */
	readonly found: string;
	/** What does not work without it; empty when it is `ok`. */
	readonly off: string;
	/** The command that mends it; empty when it is `ok`. */
	readonly mend: string;
}

export const ok = (name: string, found: string, needed = true): Row => ({
	name,
	state: 'ok',
	needed,
	found,
	off: '',
	mend: '',
});

/** True when a lab can run here: nothing that is needed is missing. */
export const canRehearse = (rows: readonly Row[]): boolean =>
	rows.every(({state, needed}) => !needed || state === 'ok' || state === 'poor');
