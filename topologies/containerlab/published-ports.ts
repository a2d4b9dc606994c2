// Ports that nodes publish. Source: containerlab.dev/manual/nodes, "ports".
import {type PublishedPort, parsePortSpec} from '../../core/assembly/port-spec.ts';
import type {Document} from '../../core/files/document.ts';
import type {Problem} from '../../core/model/problem.ts';
import type {ClabMachine} from './clab-machine.ts';

/** Of all nodes of a machine. */
export interface Published {
	readonly ports: readonly PublishedPort[];
	readonly problems: readonly Problem[];
}

export function publishedBy(document: Document, {nodes}: ClabMachine): Published {
	const problems: Problem[] = [];
	const ports = nodes.flatMap(({node}) =>
		node.ports.flatMap((written, at) => {
			const spec = parsePortSpec(String(written));
			if (spec.kind === 'port') return [spec.published];
			problems.push({where: document.place([...node.portsAt, 'ports', at]), what: spec.what, mend: spec.mend});
			return [];
		}),
	);
	return {ports, problems};
}
