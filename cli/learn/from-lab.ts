// What a lab has seen: its traffic, without probes and attackers.
import {dependencyMap, type MapEdge} from '../../core/flows/dependency-map.ts';
import type {SeenFlows} from '../../core/flows/flow-row.ts';
import {seenFlows} from '../../core/flows/seen-flows.ts';
import {noteSection} from '../../core/learn/notes.ts';
import {seenNeeds} from '../../core/learn/seen-needs.ts';
import type {Topology} from '../../core/model/topology.ts';
import {lostText, ruleWords, servicePort} from '../flows/text.ts';
import {count, plural} from '../report/lines.ts';
import type {LearnSource} from './learn-source.ts';

/** @param now - milliseconds since 1970 */
export function fromLab(lab: string, topology: Topology, seen: SeenFlows, now: number): LearnSource {
	const {edges} = dependencyMap(topology, seen.rows, 'kinds');
	const {needs, decisions} = seenNeeds(topology, [seenFlows(lab, seen.rows)]);
	const sum = (some: readonly MapEdge[]): number => some.reduce((all, edge) => all + edge.count, 0);
	const allowed = edges.filter(({verdict}) => verdict === 'allow' || verdict === 'would-deny');
	const denied = edges.filter(({verdict}) => verdict === 'deny' || verdict === 'would-allow');
	const observed = edges.filter(({verdict}) => verdict === 'would-deny');
	const nobodys = allowed.filter(({from, to}) => from.workload === null || to.workload === null);
	const under = [...new Set(edges.flatMap(({inForce}) => inForce ?? []))].sort();
	const seconds = Math.round((now - seen.since) / 1000);
	return {
		topology,
		needs,
		incomplete: seen.lost > 0 || seen.uncounted > 0,
		head: [
			`learned from ${plural(sum(allowed), 'connection')} seen on the lab ${lab} in the ${plural(seconds, 'second')} since ${new Date(seen.since).toISOString()}${under.length === 0 ? '' : `, under ${under.join(', ')}`}`,
			'what was not seen is denied: probes and attackers are no traffic, and nothing of them is in here',
			...(seen.lost > 0 ? [`INCOMPLETE: ${lostText(seen.lost)}`] : []),
			...(seen.uncounted > 0
				? [`INCOMPLETE: ${plural(seen.uncounted, 'connection')} more were seen and not kept`]
				: []),
			...noteSection(`denied meanwhile ${count(sum(denied))} times, and not allowed here:`, denied.map(deniedText)),
			...noteSection(
				'allowed here, though a policy that observed would have denied it:',
				observed.map(edge => edgeText(edge)),
			),
			...noteSection(
				'seen with addresses that are nobody’s, of which no rule by labels can speak: denied here:',
				nobodys.map(edge => edgeText(edge)),
			),
			...decisions
				.filter(({what}) => !what.includes('not in the topology'))
				.map(({what, mend}) => `not learned: ${what}${mend === '' ? '' : ` (${mend})`}`),
		],
	};
}

const edgeText = (edge: MapEdge): string => `${edge.from.name} -> ${edge.to.name}: ${servicePort(edge)}`;
const deniedText = (edge: MapEdge): string => `${edgeText(edge)} by ${ruleWords(edge)}`;
