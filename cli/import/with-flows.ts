// What a source describes together with the flows that were seen there.
import {learnFlows} from '../../core/learn/learn-flows.ts';
import type {Parsed} from '../../core/model/problem.ts';
import {readFlowLogs} from '../../topologies/inventory/load.ts';
import type {ImportedSource} from './importer.ts';

/** The problems of both at once. What the flows leave open is to be decided too. */
export async function withFlows(
	imported: Parsed<ImportedSource>,
	{flows, columns}: {readonly flows: readonly string[]; readonly columns: readonly string[]},
): Promise<Parsed<ImportedSource>> {
	if (flows.length === 0) return imported;
	const logs = await readFlowLogs(flows, columns);
	if (imported.kind === 'wrong' || logs.kind === 'wrong')
		return {kind: 'wrong', problems: [imported, logs].flatMap(one => (one.kind === 'wrong' ? one.problems : []))};
	const {topology, aliases, decisions = [], ...rest} = imported.value;
	const learned = learnFlows(topology, logs.value, aliases);
	return {
		...imported,
		value: {...rest, topology: learned.topology, decisions: [...decisions, ...learned.decisions]},
	};
}
