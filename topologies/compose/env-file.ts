// `.env` and `env_file`: lines `NAME=value`. Source: compose-spec, "Env_file format".
import {interpolate, type Lookup} from '../../core/assembly/interpolate.ts';

/** Variables by name; null is one that takes its value from around it. Lines that are none are passed by. */
export function parseEnvFile(text: string, around: Lookup): ReadonlyMap<string, string | null> {
	const values = new Map<string, string | null>();
	const lookup: Lookup = name => around(name) ?? values.get(name) ?? undefined;
	for (const line of lines(text)) {
		const match = /^\s*(?:export\s+)?([A-Za-z_][\w.-]*)\s*(?:[=:]\s*([\s\S]*))?$/.exec(line);
		if (match === null) continue;
		const [, name, written] = match as unknown as [string, string, string | undefined];
		values.set(name, written === undefined ? null : readValue(written, lookup));
	}
	return values;
}

/** Lines, where a text in quotes may go on over several. */
function lines(text: string): readonly string[] {
	const found: string[] = [];
	let open: {readonly quote: string; readonly from: number} | null = null;
	for (const line of text.split(/\r?\n/)) {
		if (open !== null) {
			found[open.from] += `\n${line}`;
			if (closes(line, open.quote)) open = null;
			continue;
		}
		if (/^\s*(#|$)/.test(line)) continue;
		found.push(line);
		const [, quote, rest] = /^[^=]*=\s*(["'])(.*)$/.exec(line) ?? [];
		if (quote !== undefined && !closes(rest!, quote)) open = {quote, from: found.length - 1};
	}
	return found;
}

const closes = (text: string, quote: string): boolean => new RegExp(quote === "'" ? "'" : '(^|[^\\\\])"').test(text);

function readValue(written: string, lookup: Lookup): string {
	const text = written.trim();
	const single = /^'([^']*)'/.exec(text);
	if (single !== null) return single[1]!;
	const double = /^"((?:\\[\s\S]|[^"\\])*)"/.exec(text);
	if (double !== null) {
		const plain = double[1]!.replace(/\\([nrt"\\])/g, (_, letter: string) => escapes[letter] ?? letter);
		return interpolate(plain, lookup).text;
	}
	return interpolate(text.replace(/\s+#.*$/s, ''), lookup).text.trim();
}

const escapes: Readonly<Record<string, string>> = {n: '\n', r: '\r', t: '\t'};
