// Compose and containerlab files where a rehearsal may stand, read as `firebreak import` reads them.
import type {Parsed} from '../../core/model/problem.ts';
import type {Topology} from '../../core/model/topology.ts';
import type {Foreign, ForeignPlace, ForeignTool} from '../../rehearsals/load-foreign.ts';
import {composeStream, loadCompose} from '../../topologies/compose/load.ts';
import {importContainerlab} from '../../topologies/containerlab/import.ts';
import {loadContainerlab} from '../../topologies/containerlab/load.ts';

export function foreignFile({tool, folder, source}: ForeignPlace, profiles: readonly string[]): Parsed<Foreign> {
	if (tool === 'containerlab') return asLab(loadContainerlab(source, process.env, folder), source);
	const loaded = loadCompose(source, {profiles, environment: process.env, folder});
	return loaded.kind === 'wrong' ? loaded : {...loaded, value: {...loaded.value, tool}};
}

/** The same of a text from standard input. */
export function foreignStream(tool: ForeignTool, text: string, profiles: readonly string[]): Parsed<Foreign> {
	if (tool === 'containerlab')
		return asLab(
			importContainerlab('stdin', text, name => process.env[name]),
			'stdin',
		);
	const loaded = composeStream(text, {profiles, environment: process.env});
	return loaded.kind === 'wrong' ? loaded : {...loaded, value: {...loaded.value, tool, files: ['stdin']}};
}

const asLab = (loaded: Parsed<Topology>, file: string): Parsed<Foreign> =>
	loaded.kind === 'wrong' ? loaded : {...loaded, value: {tool: 'containerlab', topology: loaded.value, files: [file]}};
