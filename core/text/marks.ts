// Signs that mean the same wherever something is printed: reports, inline views and the console.
export const marks = {
	/** Held, allowed, came through. */
	good: '✓',
	/** Failed, denied, broken. */
	bad: '✗',
	/** Left to what is asked next. */
	passedOn: '»',
	jewel: '◆',
	none: '○',
	all: '●',
	nothing: '·',
} as const;
