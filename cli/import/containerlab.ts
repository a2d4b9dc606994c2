import {importContainerlab} from '../../topologies/containerlab/import.ts';
import {loadContainerlab} from '../../topologies/containerlab/load.ts';
import {standardInput} from '../standard-input.ts';
import type {Importer} from './importer.ts';

export const containerlab: Importer = {
	kind: 'containerlab',
	reads: 'a topology file, a folder that has one, or - for standard input',
	example: 'containerlab lab.clab.yml --out my-lab',
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
