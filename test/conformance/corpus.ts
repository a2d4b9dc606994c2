// A folder of other people's cases: `cases.json` lists them, and says of each what it holds and what is expected.
import {existsSync, readFileSync} from 'node:fs';
import path from 'node:path';
import type {ManifestFile} from '../../core/kubernetes/manifests.ts';

/** One case as `cases.json` has it. Paths are relative to the corpus. */
export interface Case {
	readonly source: string;
	readonly case: string;
	/** What it uses and where engines differ about it: `NP`, `pure-policy`, `ipBlock-on-pod-ips`. */
	readonly features: readonly string[];
	readonly input: readonly string[];
	readonly expected: string;
	readonly expected_format: string;
	/** Of a matrix: `TCP 80`. */
	readonly probes?: readonly string[];
}

export interface Corpus {
	readonly cases: readonly Case[];
	/** @throws where the file is not there, which is a fault of the corpus */
	read(file: string): string;
	has(file: string): boolean;
	/** Manifests under the names that the corpus has for them. */
	manifests(files: readonly string[]): readonly ManifestFile[];
}

/** The folder is none that can be run. */
export class WrongCorpus extends Error {}

/** @throws WrongCorpus where the folder holds no list of cases */
export function openCorpus(folder: string): Corpus {
	const list = path.join(folder, 'cases.json');
	if (!existsSync(list)) throw new WrongCorpus(`${folder} holds no cases.json`);
	const cases = parseList(list);
	const read = (file: string): string => readFileSync(path.join(folder, file), 'utf8');
	return {
		cases: cases as readonly Case[],
		read,
		has: file => existsSync(path.join(folder, file)),
		manifests: files => files.map(file => ({path: file, text: read(file)})),
	};
}

function parseList(file: string): unknown {
	try {
		const cases: unknown = JSON.parse(readFileSync(file, 'utf8'));
		if (Array.isArray(cases)) return cases;
	} catch (error) {
		throw new WrongCorpus(`${file} is no JSON: ${(error as Error).message}`);
	}
	throw new WrongCorpus(`${file} is no list of cases`);
}
