import {fileURLToPath} from 'node:url';
import type {LoadOptions} from '../rehearsals/load-options.ts';
import {standardInput} from './standard-input.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Where the ready rehearsals and scenarios lie, and what else reads a folder: what every command loads by. */
export const loadOptions = (scenarios: readonly string[] = [], foothold: string | null = null): LoadOptions => ({
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
		const {importStream} = await import('../topologies/kubernetes/load.ts');
		const imported = importStream(text.value);
		return imported.kind === 'wrong' ? imported : {...imported, value: {...imported.value, text: text.value}};
	},
});
