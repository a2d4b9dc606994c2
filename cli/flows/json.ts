// For programs: schema `firebreak/flows/v1`.
import type {MapEdge} from '../../core/flows/dependency-map.ts';
import {dependencyText} from '../../core/measure/dependency-text.ts';
import {safe} from '../report/json.ts';
import type {FlowsSubject} from './flows-subject.ts';

/** One object; ends in a newline. */
export const renderFlowsJson = ({lab, rehearsal, seen, map, whole}: FlowsSubject): string =>
	`${safe(
		JSON.stringify(
			{
				schema: 'firebreak/flows/v1',
				lab,
				rehearsal,
				since: new Date(seen.since).toISOString(),
				lostLogs: seen.lost,
				uncounted: seen.uncounted,
				unasked: seen.unasked,
				edges: map.edges.map(edgeJson),
				unseen: whole ? map.unseen.map(one => ({dependency: dependencyText(one), source: one.source})) : null,
			},
			null,
			'\t',
		),
	)}\n`;

const edgeJson = ({from, to, firstAt, lastAt, ...edge}: MapEdge): object => ({
	from: from.name,
	to: to.name,
	nobodys: [from, to].flatMap(({name, workload}) => (workload === null ? [name] : [])),
	...edge,
	first: new Date(firstAt).toISOString(),
	last: new Date(lastAt).toISOString(),
});
