// The dependency map as a graph for Graphviz: a cluster an environment, an arrow a flow.

import type {MapEdge, MapEnd} from '../../core/flows/dependency-map.ts';
import {marks} from '../../core/text/marks.ts';
import {dotText} from '../matrix/dot.ts';
import {sectionOrder} from '../matrix/grid.ts';
import {count} from '../report/lines.ts';
import type {FlowsSubject} from './flows-subject.ts';
import {servicePort} from './text.ts';
import {verdictLook} from './verdict-look.ts';

/** Source of the form: the DOT language. Colour and line say the verdict, and so does the label where it is not `allow`. */
export function renderFlowsDot({lab, rehearsal, map, whole}: FlowsSubject): string {
	const ends = new Map(map.edges.flatMap(({from, to}) => [from, to]).map(end => [end.name, end]));
	const unseen = whole ? map.unseen.filter(({from, to}) => ends.has(from) && ends.has(to)) : [];
	const names = [...ends.keys()].sort();
	const numbers = new Map(names.map((name, at) => [name, at]));
	const sections = [...Map.groupBy(names, name => placeOf(ends.get(name)!))].sort(([a], [b]) => sectionOrder(a, b));
	const lines = [
		`digraph ${dotText(`${rehearsal}: flows of ${lab}`)} {`,
		'\trankdir=LR;',
		'\tnode [shape=box, style=rounded, fontname="sans-serif"];',
		'\tedge [fontname="sans-serif", fontsize=10];',
		...sections.flatMap(([section, members], at) => {
			const nodes = members.map(name => `\t\t${nodeText(ends.get(name)!, numbers.get(name)!)}`);
			return section === '' ? nodes : [`\tsubgraph cluster_${at} {`, `\t\tlabel=${dotText(section)};`, ...nodes, '\t}'];
		}),
		...map.edges.map(edge => `\tn${numbers.get(edge.from.name)} -> n${numbers.get(edge.to.name)} [${lookOf(edge)}];`),
		...unseen.map(
			({from, to, port, protocol}) =>
				`\tn${numbers.get(from)} -> n${numbers.get(to)} [label=${dotText(`${port}/${protocol} never seen`)}, color="#9aa3b2", style=dotted, arrowhead=empty];`,
		),
		'}',
	];
	return `${lines.join('\n')}\n`;
}

/** Where an end is drawn: its environment, else its namespace. */
export const placeOf = ({workload}: MapEnd): string =>
	workload === null ? 'nobody’s' : workload.outside ? 'outside' : (workload.environment ?? workload.namespace ?? '');

function nodeText({name, workload}: MapEnd, number: number): string {
	const label = `${workload?.jewel ? `${marks.jewel} ` : ''}${name}`;
	const shape = workload?.jewel ? ', peripheries=2' : workload === null || workload.outside ? ', style=dashed' : '';
	return `n${number} [label=${dotText(label)}${shape}];`;
}

function lookOf(edge: MapEdge): string {
	const {colour, line} = verdictLook[edge.verdict];
	const marks = [
		...(edge.verdict === 'allow' ? [] : [edge.verdict]),
		...(edge.dependency === null ? ['undeclared'] : []),
	];
	const label = `${servicePort(edge)} ×${count(edge.count)}${marks.length === 0 ? '' : `, ${marks.join(', ')}`}`;
	return `label=${dotText(label)}, color="${colour}", fontcolor="${colour}", style=${line}`;
}
