import {readFileSync} from 'node:fs';

/** The version in package.json: beside the sources in a clone, one folder up from dist/ in the package. */
export function version(): string {
	const base = import.meta.url.endsWith('.ts') ? '../package.json' : '../../package.json';
	return (JSON.parse(readFileSync(new URL(base, import.meta.url), 'utf8')) as {version: string}).version;
}
