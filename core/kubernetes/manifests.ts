// From the text of files to Kubernetes objects with places: multi-document streams, Lists, JSON (a subset of YAML).
import {quote} from '../files/wording.ts';
import type {Place, Problem} from '../model/problem.ts';
import {isKnownKind} from './kinds.ts';
import {readManifestText} from './manifest-text.ts';
import {nameBrokenDocument} from './stream-problems.ts';

export type Path = readonly (string | number)[];

/** A file as it was read; `path` is how problems name it. */
export interface ManifestFile {
	readonly path: string;
	readonly text: string;
	/** It came through a pipe, so that lines alone would say little. */
	readonly stream?: true;
}

/** One object of the API, not yet validated. */
export interface Manifest {
	readonly apiVersion: string;
	readonly kind: string;
	readonly value: Readonly<Record<string, unknown>>;
	readonly where: Place;
	/** Where the field at `path` stands; what is not there has the place of the nearest thing around it. */
	place(path: Path, part?: 'key' | 'value'): Place;
}

/** What could be read stands beside the problems of what could not, so that all problems come at once. */
export interface Manifests {
	readonly manifests: readonly Manifest[];
	readonly problems: readonly Problem[];
	readonly warnings: readonly Problem[];
}

interface Found extends Manifests {
	readonly manifests: Manifest[];
	readonly problems: Problem[];
	readonly warnings: Problem[];
}

/** Every object of the files, in their order. What is no object (a kustomization, chart values) is named in `warnings`. */
export function parseManifests(files: readonly ManifestFile[]): Manifests {
	const found: Found = {manifests: [], problems: [], warnings: []};
	for (const file of files) for (const part of documentsOf(file.text)) readPart(file, part, found);
	return found;
}

interface Part {
	readonly text: string;
	/** Lines of the file before it. */
	readonly above: number;
}

/**
 * The documents of a stream, so that each has its own limits and one that is broken does not hide the others' problems.
 * A line that starts with `---` ends a document wherever it stands (YAML 1.2, section 9.1.4).
 */
function documentsOf(text: string): readonly Part[] {
	const starts = [0, ...[...text.matchAll(/^---(?=[ \t\r\n]|$)/gm)].map(match => match.index)];
	let above = 0;
	return starts.map((start, at) => {
		const part = {text: text.slice(start, starts[at + 1]), above};
		above += part.text.split('\n').length - 1;
		return part;
	});
}

function readPart(file: ManifestFile, part: Part, found: Found): void {
	if (part.text.split('\n').every(line => /^(---)?\s*([#%].*)?$/.test(line))) return;
	const shift = (place: Place): Place => ({...place, line: place.line + part.above});
	const document = readManifestText(file.path, part.text);
	if (document.kind === 'wrong') {
		const mend = /\{\{/.test(part.text) ? 'this is a template: render it first (helm template)' : undefined;
		const placed = document.problems.map(one => ({...one, mend: mend ?? one.mend, where: shift(one.where)}));
		found.problems.push(...(file.stream === true ? nameBrokenDocument(placed, part.text, part.above) : placed));
		return;
	}
	const place = (path: Path, which?: 'key' | 'value'): Place => shift(document.value.place(path, which));
	readObject({value: document.value.value, path: [], place, kindOfItem: null}, found);
}

interface Candidate {
	readonly value: unknown;
	/** From the document's root. */
	readonly path: Path;
	readonly place: (path: Path, part?: 'key' | 'value') => Place;
	/** `kubectl get pods -o yaml` leaves out what the kind of the list says already. */
	readonly kindOfItem: {readonly apiVersion: string; readonly kind: string} | null;
}

function readObject({value, path, place, kindOfItem}: Candidate, found: Found): void {
	const where = place(path);
	if (value === null) return;
	if (typeof value !== 'object' || Array.isArray(value)) {
		found.warnings.push({where, what: 'skipped: this is no Kubernetes object', mend: ''});
		return;
	}
	const object = value as Readonly<Record<string, unknown>>;
	const kind = object.kind ?? kindOfItem?.kind;
	const apiVersion = object.apiVersion ?? kindOfItem?.apiVersion;
	if (typeof kind !== 'string' || typeof apiVersion !== 'string') {
		notAnObject(kind, apiVersion, where, found);
		return;
	}
	if (kind.endsWith('List') && Array.isArray(object.items)) {
		const items = kind === 'List' ? null : {apiVersion, kind: kind.slice(0, -'List'.length)};
		for (const [at, item] of object.items.entries())
			readObject({value: item, path: [...path, 'items', at], place, kindOfItem: items}, found);
		return;
	}
	const within = (inner: Path, part?: 'key' | 'value'): Place => place([...path, ...inner], part);
	found.manifests.push({apiVersion, kind, value: object, where: within([]), place: within});
}

function notAnObject(kind: unknown, apiVersion: unknown, where: Place, found: Found): void {
	const lacking = typeof kind === 'string' ? 'apiVersion' : 'kind';
	const meant = typeof kind === 'string' ? isKnownKind(kind) : typeof apiVersion === 'string';
	if (meant) {
		const what = typeof kind === 'string' ? `${quote(kind)} has no apiVersion` : 'an object without kind';
		found.problems.push({where, what, mend: `add ${lacking}`});
	} else found.warnings.push({where, what: `skipped: no ${lacking}, so this is no Kubernetes object`, mend: ''});
}
