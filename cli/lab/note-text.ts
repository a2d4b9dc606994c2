import {wrap} from '../report/lines.ts';

/** A sentence for standard error, with its newline: between words on a terminal, one line where it is piped. */
export const noteText = (text: string): string =>
	`${(process.stderr.isTTY ? wrap(text, Math.max(40, process.stderr.columns), 0, 2) : [text]).join('\n')}\n`;
