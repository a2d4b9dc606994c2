// What logs of flows show of a topology in files: without a lab.
import {seenNeeds} from '../../core/learn/seen-needs.ts';
import {type Parsed, renderProblem} from '../../core/model/problem.ts';
import {loadRehearsal} from '../../rehearsals/load.ts';
import {readFlowLogs} from '../../topologies/inventory/load.ts';
import {loadOptions} from '../load-options.ts';
import {plural} from '../report/lines.ts';
import type {LearnSource} from './learn-source.ts';

/** The problems of both at once. */
export async function fromFiles(
	folder: string,
	flows: readonly string[],
	columns: readonly string[],
): Promise<Parsed<LearnSource>> {
	const loaded = await loadRehearsal(folder, loadOptions());
	const logs = await readFlowLogs(flows, columns);
	if (loaded.kind === 'wrong' || logs.kind === 'wrong')
		return {kind: 'wrong', problems: [loaded, logs].flatMap(one => (one.kind === 'wrong' ? one.problems : []))};
	const {topology} = loaded.value;
	const {needs, decisions} = seenNeeds(topology, logs.value);
	const records = logs.value.reduce((sum, log) => sum + log.flows.length, 0);
	return {
		kind: 'ok',
		warnings: loaded.warnings,
		value: {
			topology,
			needs,
			incomplete: false,
			head: [
				`learned from ${plural(records, 'record')} of ${flows.join(', ')}`,
				...decisions.map(one => `to decide: ${renderProblem(one)}`),
			],
		},
	};
}
