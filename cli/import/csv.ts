import {loadInventory} from '../../topologies/inventory/load.ts';
import {standardInput} from '../standard-input.ts';
import type {Importer} from './importer.ts';

export const csv: Importer = {
	kind: 'csv',
	reads: 'an inventory of workloads, with the flows that were seen (--flows)',
	example: 'csv workloads.csv --flows flows.csv --out my-estate',
	idle: {
		'env-label': '--columns env=HEADING names the column',
		'no-assumed': 'only what is imported from manifests has a kube-dns that nobody wrote down',
		profile: 'profiles are those of Compose files',
	},
	async load({source, columns}) {
		const text = source === '-' ? await standardInput() : undefined;
		if (text?.kind === 'wrong') return text;
		const inventory = await loadInventory(text === undefined ? {path: source} : {text: text.value}, columns);
		if (inventory.kind === 'wrong') return inventory;
		return {
			kind: 'ok',
			value: {...inventory.value, stack: [], decisions: inventory.warnings},
			warnings: [],
		};
	},
};
