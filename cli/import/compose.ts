import {composeStream, loadCompose} from '../../topologies/compose/load.ts';
import {standardInput} from '../standard-input.ts';
import type {Importer} from './importer.ts';

export const compose: Importer = {
	kind: 'compose',
	reads: 'a Compose file, a folder that has one, or - for standard input',
	example: 'compose compose.yaml --out my-app',
	idle: {
		'env-label': 'a Compose project is one environment: write in: [prod] into the topology',
		'no-assumed': 'only what is imported from manifests has a kube-dns that nobody wrote down',
	},
	async load({source, profiles}) {
		const options = {profiles, environment: process.env};
		const text = source === '-' ? await standardInput() : undefined;
		if (text?.kind === 'wrong') return text;
		const loaded = text === undefined ? loadCompose(source, options) : composeStream(text.value, options);
		return loaded.kind === 'wrong' ? loaded : {...loaded, value: {...loaded.value, stack: []}};
	},
};
