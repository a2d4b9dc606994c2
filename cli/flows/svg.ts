// The dependency map as a picture: a row a source, a column a destination, a sign and a colour a verdict.

import {type FlowVerdict, flowVerdicts, type MapEdge} from '../../core/flows/dependency-map.ts';
import {marks} from '../../core/text/marks.ts';
import {drawGrid} from '../matrix/draw-grid.ts';
import {sectionOrder} from '../matrix/grid.ts';
import {oneLine, plural} from '../report/lines.ts';
import {cut} from '../report/table.ts';
import {placeOf} from './dot.ts';
import type {FlowsSubject} from './flows-subject.ts';
import {lostText, servicePort} from './text.ts';
import {verdictLook} from './verdict-look.ts';

const longestLabel = 28;
/** Beyond this a picture shows nothing. */
const mostRows = 200;

/** The worst of a cell is drawn: what is denied hides no allowed flow, for a pointer tells them all. */
const order: readonly FlowVerdict[] = ['deny', 'would-deny', 'would-allow', 'allow'];

/** Null where there are over 200 ends. */
export function renderFlowsSvg({lab, rehearsal, seen, map, whole}: FlowsSubject): string | null {
	const ends = [...new Map(map.edges.flatMap(({from, to}) => [from, to]).map(end => [end.name, end])).values()];
	if (ends.length > mostRows) return null;
	ends.sort((a, b) => sectionOrder(placeOf(a), placeOf(b)) || (a.name < b.name ? -1 : 1));
	const between = Map.groupBy(map.edges, ({from, to}) => `${from.name}\n${to.name}`);
	const used = new Set<FlowVerdict>();
	return drawGrid({
		title: `${rehearsal}: flows seen on ${lab}`,
		notes: [
			`${plural(map.edges.length, 'flow')} between ${plural(ends.length, 'end')}; * is no dependency of the topology`,
			...(whole && map.unseen.length > 0
				? [`${plural(map.unseen.length, 'dependency', 'dependencies')} never seen`]
				: []),
			...(seen.lost > 0 ? [lostText(seen.lost)] : []),
		],
		entries: ends.map(end => ({
			label: `${end.workload?.jewel ? `${marks.jewel} ` : ''}${cut(oneLine(end.name), longestLabel)}`,
			fullName: end.name,
			section: placeOf(end),
		})),
		cell(row, column) {
			const edges = between.get(`${ends[row]!.name}\n${ends[column]!.name}`) ?? [];
			const verdict = order.find(one => edges.some(edge => edge.verdict === one));
			if (verdict === undefined) return {text: '·', says: 'nothing seen', style: 'none'};
			used.add(verdict);
			const undeclared = edges.some(({dependency}) => dependency === null) ? '*' : '';
			return {text: `${verdictLook[verdict].sign}${undeclared}`, says: edges.map(saysOf).join('; '), style: verdict};
		},
		styles: [
			'rect.none{fill:#f6f7f9;stroke:#e3e6eb}text.none{fill:#9aa3b2}',
			...flowVerdicts.map(
				one =>
					`rect.${one}{fill:${verdictLook[one].colour}22;stroke:${verdictLook[one].colour}}text.${one}{fill:${verdictLook[one].colour}}`,
			),
		].join(''),
		legend: () =>
			flowVerdicts.filter(one => used.has(one)).map(one => `${verdictLook[one].sign} ${verdictLook[one].words}`),
	});
}

const saysOf = (edge: MapEdge): string =>
	`${servicePort(edge)} ${edge.verdict} ×${edge.count}${edge.dependency === null ? ', undeclared' : ''}`;
