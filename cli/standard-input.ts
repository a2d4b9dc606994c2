// Standard input as text, for `-` where a folder may stand.
import type {Parsed} from '../core/model/problem.ts';

/** More is no manifests. */
const mostBytes = 64_000_000;

let whole: Promise<Parsed<string>> | undefined;

/** Everything that comes in until it ends, read once for the whole process; a problem where a person would have to type it. */
export const standardInput = (): Promise<Parsed<string>> => (whole ??= readText(process.stdin));

/** The stream's text; a problem where it is a terminal or too long. */
export async function readText(
	stream: AsyncIterable<Buffer | string> & {readonly isTTY?: boolean},
): Promise<Parsed<string>> {
	const wrong = (what: string, mend: string): Parsed<string> => ({
		kind: 'wrong',
		problems: [{where: {file: 'stdin', line: 1, column: 1}, what, mend}],
	});
	if (stream.isTTY === true)
		return wrong('nothing is piped into it', 'pipe manifests in: kustomize build … | firebreak check -');
	const chunks: Buffer[] = [];
	let bytes = 0;
	for await (const chunk of stream) {
		const buffer = Buffer.from(chunk);
		chunks.push(buffer);
		bytes += buffer.length;
		if (bytes > mostBytes)
			return wrong(`more than ${mostBytes / 1e6} MB came`, 'write it to a folder, in several files');
	}
	return {kind: 'ok', value: Buffer.concat(chunks).toString('utf8'), warnings: []};
}
