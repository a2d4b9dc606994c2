// The dependency map as a table: a line for each pair of ends, port, verdict and rule.
import type {MapEdge} from '../../core/flows/dependency-map.ts';
import {dependencyText} from '../../core/measure/dependency-text.ts';
import {columnLines, type Word} from '../lab/columns.ts';
import {clock, duration} from '../lab/moments.ts';
import {ruleAt} from '../lab/rule-at.ts';
import {count, listed, oneLine, type Page, plural, wrap} from '../report/lines.ts';
import type {FlowsSubject} from './flows-subject.ts';
import {verdictLook} from './verdict-look.ts';

/** So many dependencies without traffic are named. */
const mostUnseen = 12;

/** Ends in a newline. */
export function renderFlowsText({lab, seen, map, whole, now}: FlowsSubject, page: Page): string {
	const {edges, unseen} = map;
	const total = edges.reduce((sum, edge) => sum + edge.count, 0);
	const head = `${lab} since ${clock(seen.since, now)} (${duration(now - seen.since)}): ${plural(edges.length, 'flow')}, ${plural(total, 'connection')}; probes and attackers are not among them`;
	const table =
		edges.length === 0
			? []
			: [
					'',
					...columnLines(
						['from', 'to', 'service', 'verdict', 'count', 'dependency', 'rule'],
						edges.map(edge => rowOf(edge)),
						page,
					),
				];
	const dim = (text: string): readonly string[] => wrap(text, page.width).map(line => page.paint('dim', line));
	const warn = (text: string): readonly string[] => wrap(text, page.width).map(line => page.paint('warn', line));
	return `${[
		...wrap(head, page.width),
		...table,
		'',
		...(seen.lost > 0 ? warn(lostText(seen.lost)) : []),
		...(seen.uncounted > 0
			? warn(`${plural(seen.uncounted, 'connection')} more, of flows for which there was no room`)
			: []),
		...(seen.unasked > 0
			? dim(`${plural(seen.unasked, 'workload')} not asked for open connections: there are too many`)
			: []),
		...(edges.length === 0 && whole
			? dim('nothing was seen: firebreak traffic has the business talk, firebreak exec WORKLOAD -- CMD a program')
			: []),
		...(whole ? dim(unseenText(unseen.map(dependencyText), edges)) : []),
	].join('\n')}\n`;
}

export const lostText = (lost: number): string =>
	`logs were lost (${lost === 1 ? 'once' : `${count(lost)} times`}): flows may be missing`;

const unseenText = (names: readonly string[], edges: readonly MapEdge[]): string => {
	if (names.length === 0)
		return edges.some(({dependency}) => dependency !== null)
			? 'every dependency of the topology was seen'
			: 'the topology has no dependency that could be seen';
	const shown = names.slice(0, mostUnseen).map(oneLine);
	const more = names.length - shown.length;
	return `never seen: ${plural(names.length, 'dependency', 'dependencies')} of the topology: ${listed(more > 0 ? [...shown, `${count(more)} more (--format json)`] : shown)}`;
};

function rowOf(edge: MapEdge): readonly Word[] {
	const {from, to, verdict, dependency, families} = edge;
	const {style} = verdictLook[verdict];
	const nobody = (name: string, isNobody: boolean): string => `${oneLine(name)}${isNobody ? ' (nobody)' : ''}`;
	return [
		{text: nobody(from.name, from.workload === null)},
		{text: nobody(to.name, to.workload === null)},
		{text: `${servicePort(edge)}${families.length === 1 && families[0] === 6 ? ' (IPv6)' : ''}`},
		{text: verdict, style},
		{text: count(edge.count)},
		dependency === null ? {text: 'undeclared', style: 'warn'} : {text: dependency},
		{text: ruleWords(edge), style: 'dim'},
	];
}

/** `postgres 5432/tcp`, `8443/tcp`, `icmp`. */
export function servicePort({service, protocol, port, lastPort}: MapEdge): string {
	const at = protocol === 'icmp' ? 'icmp' : `${port}${lastPort === port ? '' : `-${lastPort}`}/${protocol}`;
	return service === null ? at : `${oneLine(service)} ${at}`;
}

/** `segmented.policy.yaml:19 "web may use api"`. */
export function ruleWords({rule, inForce}: Pick<MapEdge, 'rule' | 'inForce'>): string {
	if (rule === null) return inForce === null ? 'seen in connection tracking alone' : '';
	return rule.id === 'none' ? 'no policy' : ruleAt(rule);
}
