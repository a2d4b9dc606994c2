// What loaders begin with where no file of ours is the first.
import {type Document, readDocument} from '../core/files/document.ts';
import type {InputFiles} from './input-files.ts';
import type {Loading, LoadOptions} from './load-options.ts';

/** @param name - what problems without a place of their own are told with */
export function loadingOf(name: string, files: InputFiles, options: LoadOptions): Loading {
	const empty = readDocument(name, '') as {readonly value: Document};
	return {files, document: empty.value, problems: [], warnings: [], salvaged: null, options};
}
