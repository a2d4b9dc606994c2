import type {Readable} from 'node:stream';

/** Longer lines are cut: they are for people. */
const longest = 2000;
/** A program that prints without a pause has the engine's ear so often, and no more. */
const mostLines = 200;
const pauseMs = 100;

/** Calls `each` with every line of `stream`, also with a last one that has no end. */
export function hearLines(stream: Readable, each: (line: string) => void): void {
	let rest = '';
	let heard = 0;
	const tell = (line: string): void => {
		heard++;
		each(line.slice(0, longest));
	};
	stream.setEncoding('utf8');
	stream.on('error', () => undefined);
	stream.on('data', (chunk: string) => {
		const lines = (rest + chunk).split('\n');
		rest = lines.pop()!;
		for (const line of lines) tell(line);
		if (rest.length > longest) {
			tell(rest);
			rest = '';
		}
		if (heard < mostLines) return;
		stream.pause();
		setTimeout(() => {
			heard = 0;
			stream.resume();
		}, pauseMs);
	});
	stream.on('end', () => {
		if (rest !== '') tell(rest);
	});
}
