// Words without a character beyond ASCII, for a terminal that shows no others and for who asks.
import {asciiText} from '../tui/ascii-text.ts';
import type {Argv} from './command.ts';
import type {Io} from './io.ts';

/** The same streams in ASCII. */
export const asciiIo = (io: Io): Io => ({
	...io,
	ascii: true,
	out: text => io.out(asciiText(text)),
	err: text => io.err(asciiText(text)),
});

/** The streams that `--ascii` asks for; what is for programs stays as it is. */
export const askedIo = (io: Io, {ascii, format = 'text'}: {readonly ascii: boolean; readonly format?: string}): Io =>
	ascii && format === 'text' ? asciiIo(io) : io;

/** Adds `--ascii`. */
export const withAscii = <Options>(yargs: Argv<Options>) =>
	yargs.option('ascii', {type: 'boolean', default: false, describe: 'no character beyond ASCII'});
