// One document of manifests as a value with places: by YAML, or where it is a dump of a cluster in JSON, which is too big
// for that, by JSON alone.
import {type Document, readDocument} from '../files/document.ts';
import {textLimits} from '../files/text-limits.ts';
import type {Parsed} from '../model/problem.ts';
import {jsonPlaces} from './json-places.ts';

/**
 * YAML, of which JSON is a part. Of a JSON text over the limit of YAML files, as `kubectl get -o json` writes, the last of
 * keys that stand twice counts, as for every reader of JSON.
 */
export function readManifestText(file: string, text: string): Parsed<Document> {
	if (text.length <= textLimits.characters) return readDocument(file, text);
	const value = /^\s*\{/.test(text) ? parseJson(text) : undefined;
	if (value !== undefined) return {kind: 'ok', value: {file, value, place: jsonPlaces(file, text)}, warnings: []};
	const read = readDocument(file, text);
	const mend = 'split it, or dump it as JSON: kubectl get … -o json';
	return read.kind === 'ok' ? read : {kind: 'wrong', problems: read.problems.map(one => ({...one, mend}))};
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
