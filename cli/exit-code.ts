// What the process says by its exit code; the one place where the numbers stand (DESIGN.md "The command line").

/** 2 and 3 come before anything runs; then 1 goes before 4, and 4 before 0. */
export const exitCode = {
	passed: 0,
	/** A containment, breakage, fidelity or budget expectation failed. */
	failed: 1,
	/** The input or the command line is wrong. */
	wrongInput: 2,
	/** This machine cannot; the message has the mend. */
	cannot: 3,
	inconclusive: 4,
	bug: 70,
	interrupted: 130,
} as const;
export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

/** As the help and the README say it. */
export const exitCodeMeanings: readonly (readonly [ExitCode, string])[] = [
	[0, 'passed'],
	[1, 'an expectation failed: containment, breakage or fidelity'],
	[2, 'the input is wrong; nothing was booted'],
	[3, 'this machine cannot; the message says the mend'],
	[4, 'inconclusive: nothing failed, and too little is known to pass'],
	[70, 'a bug of Firebreak'],
	[130, 'interrupted'],
];
