// A node, with those that live in its network, as a machine.
import {imageListeners} from '../../core/assembly/image-ports.ts';
import type {Attachment, Listener, MachinePart} from '../../core/assembly/parts.ts';
import type {PublishedPort} from '../../core/assembly/port-spec.ts';
import {splitWords} from '../../core/assembly/split-words.ts';
import {boundBeside, type Has} from './bound-beside.ts';
import type {ClabFile} from './clab-file.ts';
import type {ClabMachine} from './clab-machine.ts';

/** By what every network system is managed. */
const ssh: Listener = {protocol: 'tcp', port: 22, lastPort: 22, name: 'ssh', speaks: 'ssh'};

/** A network system becomes a plain machine on which nothing can be enforced. */
export function machinePart(
	{name, nodes}: ClabMachine,
	attachments: readonly Attachment[],
	{
		ports,
		lab,
		has,
	}: {
		readonly ports: readonly PublishedPort[];
		readonly lab: Pick<ClabFile, 'name' | 'prefix'>;
		readonly has: Has;
	},
): MachinePart {
	const {node, role, where} = nodes[0]!;
	const volumes = role === 'linux' ? boundBeside(node.binds, where, has) : [];
	const router = role === 'network-os';
	const open = ports.map(
		({protocol, port, lastPort}): Listener => ({protocol, port, lastPort, name: null, speaks: null}),
	);
	const known = nodes.flatMap(one => (one.role === 'linux' ? imageListeners(one.node.image) : []));
	return {
		name,
		replicas: 1,
		labels: {node: name, kind: node.kind, ...(node.group !== null && {group: node.group}), ...node.labels},
		attachments,
		listeners: [...(router ? [ssh] : []), ...known, ...open],
		holds: [],
		outside: false,
		managed: !router,
		aliases: nodes.flatMap(one => [one.written, containerName(lab, one.written), ...one.node.aliases]),
		image: router ? null : node.image,
		command: router || node.cmd === null ? null : splitWords(node.cmd),
		variables: router ? {} : node.env,
		...(volumes.length > 0 && {volumes}),
		where,
	};
}

/** Source: containerlab.dev/manual/topo-def-file, "Prefix". */
function containerName({name, prefix}: Pick<ClabFile, 'name' | 'prefix'>, node: string): string {
	if (prefix === '') return node;
	return prefix === '__lab-name' ? `${name}-${node}` : `${prefix ?? 'clab'}-${name}-${node}`;
}
