import {importContainerlab} from '../../topologies/containerlab/import.ts';
import {loadContainerlab} from '../../topologies/containerlab/load.ts';
import {standardInput} from '../standard-input.ts';
import type {Importer} from './importer.ts';

export const containerlab: Importer = {
	kind: 'containerlab',
	reads: 'a topology file, a folder that has one, or - for standard input',
	example: 'containerlab lab.clab.yml --out my-lab',
	idle: {
		'env-label': 'a lab is one environment: write in: [prod] into the topology',
		'no-assumed': 'only what is imported from manifests has a kube-dns that nobody wrote down',
		profile: 'profiles are those of Compose files',
	},
	async load({source}) {
		const text = source === '-' ? await standardInput() : undefined;
		if (text?.kind === 'wrong') return text;
		const loaded =
			text === undefined
				? loadContainerlab(source, process.env)
				: importContainerlab('stdin', text.value, name => process.env[name]);
		return loaded.kind === 'wrong' ? loaded : {...loaded, value: {topology: loaded.value, stack: []}};
	},
};
