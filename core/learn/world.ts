// The outside host that stands for every address of the internet.
import type {Topology, Workload} from '../model/topology.ts';

/** `internet`, or with a number where something else has that name. */
export function worldName({workloads}: Topology): string {
	let name = 'internet';
	for (
		let number = 2;
		workloads.some(({kind, base, outside}) => !outside && (kind === name || base === name));
		number++
	)
		name = `internet-${number}`;
	return name;
}

export const worldWorkload = (name: string): Workload => ({
	name,
	kind: name,
	base: name,
	environment: null,
	labels: {},
	namespace: null,
	namespaceLabels: {},
	addresses: [{family: 4, address: '203.0.113.1', segment: null}],
	segments: [],
	services: [],
	holds: [],
	jewel: false,
	outside: true,
	managed: false,
	assumed: false,
	knows: [],
	run: null,
	image: null,
	command: null,
	variables: {},
	where: {file: '', line: 1, column: 1},
});
