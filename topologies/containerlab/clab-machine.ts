// The nodes that become workloads: who shares whose network namespace, and who is left out.

import type {Document} from '../../core/files/document.ts';
import {didYouMean} from '../../core/files/nearest.ts';
import {plainWord} from '../../core/files/plain-word.ts';
import type {Place, Problem} from '../../core/model/problem.ts';
import {plain} from '../../core/native/native-names.ts';
import type {ClabFile} from './clab-file.ts';
import {type ResolvedNode, resolveNode} from './inherit.ts';
import {type NodeRole, roleOf} from './node-kinds.ts';

export interface ClabNode {
	readonly written: string;
	readonly role: NodeRole;
	readonly node: ResolvedNode;
	readonly where: Place;
}

export interface ClabMachine {
	/** As topology files may have it. */
	readonly name: string;
	/** Whose network it is first, then those that live in it. */
	readonly nodes: readonly ClabNode[];
}

export interface Machines {
	readonly nodes: ReadonlyMap<string, ClabNode>;
	readonly machines: readonly ClabMachine[];
	/** By name of a node. */
	readonly byNode: ReadonlyMap<string, ClabMachine>;
	readonly problems: readonly Problem[];
	readonly warnings: readonly Problem[];
}

export function clabMachines(document: Document, file: ClabFile): Machines {
	const problems: Problem[] = [];
	const warnings: Problem[] = [];
	const nodes = new Map<string, ClabNode>();
	for (const written of Object.keys(file.topology.nodes)) {
		const where = document.place(['topology', 'nodes', written], 'key');
		const node = resolveNode(file, written);
		const reading = roleOf(node.kind);
		if (node.kind === '')
			problems.push({where, what: `${plainWord(written)} has no kind`, mend: 'such as kind: linux'});
		else if (reading.kind === 'known') nodes.set(written, {written, role: reading.role, node, where});
		else if (reading.near !== undefined)
			problems.push({
				where,
				what: `${plainWord(written)} is of kind ${plainWord(node.kind)}, which is not known`,
				mend: `did you mean ${reading.near}?`,
			});
		else {
			warnings.push({
				where,
				what: `${plainWord(written)} is of kind ${plainWord(node.kind)}, which is not known: it is taken for a network system`,
				mend: '',
			});
			nodes.set(written, {written, role: 'network-os', node, where});
		}
	}
	const living = [...nodes.values()].filter(({role}) => role === 'linux' || role === 'network-os');
	for (const {written, where, role} of nodes.values())
		if (role === 'cluster')
			warnings.push({
				where,
				what: `${plainWord(written)} is left out: a Kubernetes cluster of its own is not run here`,
				mend: 'its containers are nodes of kind ext-container',
			});
	const owners = new Map(
		living.flatMap(one => {
			const owner = ownerOf(one, nodes, {problems, warnings}, 0);
			return owner === undefined ? [] : [[one, owner] as const];
		}),
	);
	const taken = new Set<string>();
	const machines = [...new Set(owners.values())].map((owner): ClabMachine => {
		let name = plain(owner.written);
		for (let number = 2; taken.has(name); number++) name = `${plain(owner.written)}-${number}`;
		taken.add(name);
		return {name, nodes: [owner, ...living.filter(one => one !== owner && owners.get(one) === owner)]};
	});
	const byNode = new Map(machines.flatMap(machine => machine.nodes.map(({written}) => [written, machine] as const)));
	return {nodes, machines, byNode, problems, warnings};
}

function ownerOf(
	one: ClabNode,
	nodes: ReadonlyMap<string, ClabNode>,
	said: {readonly problems: Problem[]; readonly warnings: Problem[]},
	depth: number,
): ClabNode | undefined {
	const [, target] = /^container:(.+)$/.exec(one.node.networkMode ?? '') ?? [];
	if (target === undefined) return one;
	const other = nodes.get(target);
	if (other !== undefined && depth < nodes.size) return ownerOf(other, nodes, said, depth + 1);
	const {where, written} = one;
	if (other !== undefined)
		said.problems.push({where, what: `${plainWord(written)} lives in its own network`, mend: ''});
	else
		said.warnings.push({
			where,
			what: `${plainWord(written)} is left out: it lives in the network of container ${plainWord(target)}, which is not here`,
			mend: didYouMean(target, nodes.keys()),
		});
	return undefined;
}
