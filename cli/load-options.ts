import {fileURLToPath} from 'node:url';
import {fileKind} from '../core/files/file-kind.ts';
import type {Parsed} from '../core/model/problem.ts';
import type {LoadOptions} from '../rehearsals/load-options.ts';
import {standardInput} from './standard-input.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/**
 * Where the ready rehearsals and scenarios lie, and what else reads a file: what every command loads by.
 *
 * @param profiles - those of a Compose file that are on
 */
export const loadOptions = (
	scenarios: readonly string[] = [],
	foothold: string | null = null,
	profiles: readonly string[] = [],
): LoadOptions => ({
	catalog: {rehearsals: [here('../topologies/catalog')], scenarios: [here('../scenarios/catalog')]},
	scenarios,
	byDefault: 'ransomware',
	foothold,
	async importManifests(folder, surroundings) {
		const {loadManifests} = await import('../topologies/kubernetes/load.ts');
		return loadManifests(folder, surroundings === undefined ? {} : {surroundings});
	},
	async importStream() {
		const text = await standardInput();
		if (text.kind === 'wrong') return text;
		const kind = fileKind('stdin', text.value);
		if (kind === 'compose' || kind === 'containerlab') {
			const {foreignStream} = await import('./import/foreign.ts');
			return withText(foreignStream(kind, text.value, profiles), text.value);
		}
		const {importStream} = await import('../topologies/kubernetes/load.ts');
		return withText(importStream(text.value), text.value);
	},
	async importForeign(place) {
		const {foreignFile} = await import('./import/foreign.ts');
		return foreignFile(place, profiles);
	},
});

const withText = <T extends object>(parsed: Parsed<T>, text: string): Parsed<T & {readonly text: string}> =>
	parsed.kind === 'wrong' ? parsed : {...parsed, value: {...parsed.value, text}};
