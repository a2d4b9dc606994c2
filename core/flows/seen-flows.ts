// Rows of a lab as a log of flows, from which needs are learned.
import type {FlowLog, SeenEnd} from '../learn/seen-flow.ts';
import type {FlowRow} from './flow-row.ts';

/**
 * What was allowed, whatever rules that only observe would have done; who asked is known. What was denied is left out: the
 * map tells it with its rule.
 *
 * @param file - stands for the lab in what is said of its flows
 */
export const seenFlows = (file: string, rows: readonly FlowRow[]): FlowLog => ({
	flows: rows
		.filter(({verdict}) => verdict === 'allow')
		.map(({source, destination, protocol, port, count}) => ({
			source: endOf(source),
			destination: endOf(destination),
			protocol,
			port,
			sourcePort: null,
			count,
			verdict: 'allowed',
			where: {file, line: 1, column: 1},
		})),
	passed: [],
});

const endOf = ({workload, address}: FlowRow['source']): SeenEnd => ({
	address,
	names: workload === null ? [] : [workload],
	labels: [],
	namespace: null,
	world: false,
});
