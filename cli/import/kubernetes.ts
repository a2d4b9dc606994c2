import {importStream, loadManifests} from '../../topologies/kubernetes/load.ts';
import {standardInput} from '../standard-input.ts';
import type {Importer} from './importer.ts';

export const kubernetes: Importer = {
	kind: 'k8s',
	reads: 'a folder of manifests, one file, or - for standard input',
	example: 'k8s manifests/ --out my-cluster',
	idle: {profile: 'profiles are those of Compose files'},
	async load({source, envLabel = 'env', assumed}) {
		if (source !== '-') return loadManifests(source, {envLabel, assumed});
		const text = await standardInput();
		return text.kind === 'wrong' ? text : importStream(text.value, {envLabel, assumed});
	},
};
