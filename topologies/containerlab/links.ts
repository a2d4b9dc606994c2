// Links in one form: two ends, or one and what it leads to. Source: containerlab.dev/manual/network, links/link.go.
import type {Document} from '../../core/files/document.ts';
import {didYouMean} from '../../core/files/nearest.ts';
import {plainWord} from '../../core/files/plain-word.ts';
import type {Place, Problem} from '../../core/model/problem.ts';
import type {ClabFile, EndpointDefinition, LinkDefinition} from './clab-file.ts';

export interface LinkEnd {
	readonly node: string;
	readonly interface: string;
	/** `10.0.0.1/30`; null where the link does not say it. */
	readonly ipv4: string | null;
	readonly where: Place;
}

export interface Link {
	readonly ends: readonly LinkEnd[];
	/** What it leads to besides its ends: the machine that the lab runs on and what lies behind it, or the management network. */
	readonly beyond: 'host' | 'mgmt-net' | null;
	readonly where: Place;
}

export interface Links {
	/** Without those that have one end and lead nowhere (dummy). */
	readonly links: readonly Link[];
	readonly problems: readonly Problem[];
	readonly warnings: readonly Problem[];
}

/** Words that stand for no node, and types of links with one end. */
const beyonds: ReadonlyMap<string, Link['beyond']> = new Map([
	['host', 'host'],
	['macvlan', 'host'],
	['macvtap', 'host'],
	['vxlan', 'host'],
	['vxlan-stitch', 'host'],
	['mgmt-net', 'mgmt-net'],
	['dummy', null],
]);
const pairs: ReadonlySet<string> = new Set(['veth', 'veth-stitch', 'bridge']);

export function readLinks(document: Document, {topology}: ClabFile): Links {
	const problems: Problem[] = [];
	const warnings: Problem[] = [];
	const links = (topology.links ?? []).flatMap((link, at): readonly Link[] => {
		const where = document.place(['topology', 'links', at]);
		const complain = (what: string, mend: string): readonly Link[] => {
			problems.push({where, what, mend});
			return [];
		};
		const {type} = link;
		if (type !== undefined && !pairs.has(type) && !beyonds.has(type))
			return complain(`there is no type of link ${plainWord(type)}`, didYouMean(type, [...pairs, ...beyonds.keys()]));
		const written = link.endpoints ?? (link.endpoint === undefined ? [] : [link.endpoint]);
		const wanted = link.endpoint === undefined || type === undefined || pairs.has(type) ? 2 : 1;
		if (written.length !== wanted)
			return complain(
				`a link has ${wanted === 2 ? 'two ends' : 'one end'}, and this has ${written.length}`,
				'such as endpoints: ["a:eth1", "b:eth1"]',
			);
		const ends = written.map((one, index) => readEnd(one, link, index, placeOfEnd(document, link, at, index)));
		for (const {interface: name, where: its} of ends)
			if (name.includes('{{'))
				warnings.push({
					where: its,
					what: `${plainWord(name)} is a template: which interface it is, is not known`,
					mend: '',
				});
		const nodes = ends.filter(({node}) => node in topology.nodes || !beyonds.has(node));
		const unknown = nodes.filter(({node}) => !(node in topology.nodes));
		for (const {node, where: its} of unknown)
			problems.push({
				where: its,
				what: `there is no node ${plainWord(node)}`,
				mend: didYouMean(node, Object.keys(topology.nodes)),
			});
		const word = ends.find(({node}) => !(node in topology.nodes))?.node ?? type ?? '';
		const beyond = beyonds.get(word) ?? null;
		const leadsNowhere = nodes.length < 2 && beyond === null;
		return unknown.length > 0 || leadsNowhere ? [] : [{ends: nodes, beyond, where}];
	});
	return {links, problems, warnings};
}

const placeOfEnd = (document: Document, link: LinkDefinition, at: number, index: number): Place =>
	document.place(['topology', 'links', at, ...(link.endpoints === undefined ? ['endpoint'] : ['endpoints', index])]);

function readEnd(written: string | EndpointDefinition, link: LinkDefinition, index: number, where: Place): LinkEnd {
	if (typeof written !== 'string')
		return {node: written.node, interface: written.interface ?? '', ipv4: written.ipv4 || null, where};
	const colon = written.indexOf(':');
	const [node, name] = colon < 0 ? [written, ''] : [written.slice(0, colon), written.slice(colon + 1)];
	return {node, interface: name, ipv4: link.ipv4?.[index] || null, where};
}
