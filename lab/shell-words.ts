/**
 * `words` as one line of a POSIX shell that is exactly those words: each in single quotes, in which nothing but the next
 * single quote means anything, and that one is written outside them. A word cannot hold a zero byte (execve(2)).
 *
 * Source: POSIX.1-2017, Shell Command Language 2.2.2.
 */
export const shellWords = (words: readonly string[]): string =>
	words.map(word => `'${word.replaceAll("'", String.raw`'\''`)}'`).join(' ');
