import type {InForce} from '../../core/contracts/in-force.ts';
import type {Rehearsal} from '../../core/model/rehearsal.ts';
import {version} from '../version.ts';
import type {CaptureHead} from './capture-file.ts';

export interface CaptureAbout {
	readonly lab: string;
	readonly rehearsal: Rehearsal;
	readonly inForce: InForce;
	/** Names of workloads. */
	readonly taps: readonly string[];
	readonly snaplen: number;
}

/** What a file says of itself: which lab, which policy, whose interface is whose, and where it was captured. */
export function captureHead({lab, rehearsal: {name, topology}, inForce, taps, snaplen}: CaptureAbout): CaptureHead {
	const policy = `${inForce.name}${inForce.observed ? ', observing' : ''} (${inForce.placement})`;
	const workloads = new Map(topology.workloads.map(workload => [workload.name, workload]));
	return {
		application: `Firebreak ${version()}`,
		comment: [
			`Firebreak lab ${lab}, rehearsal ${name}.`,
			`Policy in force at the start: ${policy}.`,
			'An interface is the link of a workload: what its rules deny on the way in is here, what they deny on the way out is not.',
			'A packet of a command has the rule that allowed or denied it as its comment.',
		].join('\n'),
		snaplen,
		taps: taps.map(tap => ({
			name: tap,
			description: workloads
				.get(tap)!
				.addresses.map(({address}) => address)
				.join(', '),
		})),
		names: topology.workloads.flatMap(workload =>
			workload.addresses.map(({address}) => ({address, name: workload.name})),
		),
	};
}
