// What speaks at each service of a lab, and what an attacker finds inside: one set of secrets a lab, one weakness a run.
import {randomBytes} from 'node:crypto';
import {hostView} from '../core/attack/host-view.ts';
import {hasMetadata, metadataOf} from '../core/attack/model-replies.ts';
import type {Weakness} from '../core/attack/weakness.ts';
import type {HostView} from '../core/contracts/network.ts';
import type {LiveSite} from '../core/contracts/site.ts';
import {metadataService} from '../core/model/metadata-service.ts';
import type {Secret, Service, Topology, Workload} from '../core/model/topology.ts';
import {createHostKey, createMaterials, heldOf} from '../kernel/speech/materials.ts';
import {metadataSpeech} from '../kernel/speech/metadata-server.ts';
import type {ListenersInput, Speaker} from '../scenarios/wire/listeners.ts';
import {planLogins} from '../scenarios/wire/services/logins.ts';
import {createSpeaker} from '../scenarios/wire/services/speaker.ts';

export interface Speakers {
	readonly speaker: (site: LiveSite, service: Service) => Speaker;
	/** The metadata service, where some workload has one. */
	readonly beside: ListenersInput['beside'];
	/** What a secret is made of in this lab: the password or the private key. */
	readonly material: (secret: Secret) => string;
	/** The view from inside a workload, with the real passwords and keys of this lab. */
	readonly view: (workload: Workload) => HostView;
	/** Which services are weak from now on; none before the first call. */
	assume(weak: Weakness): void;
}

export function createSpeakers(topology: Topology): Speakers {
	const materials = createMaterials(topology.secrets, randomBytes);
	const hostKey = createHostKey(randomBytes);
	const addresses = new Map(topology.workloads.map(({name, addresses: own}) => [name, own]));
	let weak: Weakness = () => false;
	const material = ({id}: Secret): string => heldOf(materials.get(id)!);
	const view = (workload: Workload): HostView => hostView(topology, workload, material);
	const logins = planLogins(topology, materials);
	const byAddress = new Map(topology.workloads.flatMap(one => one.addresses.map(({address}) => [address, one])));
	const metadata = metadataSpeech(address => {
		const asking = byAddress.get(address);
		return asking?.metadata && metadataOf(topology, asking, material);
	});
	const greet: Speaker['greet'] = socket => {
		socket.on('error', () => {});
		metadata(socket);
	};
	return {
		beside: hasMetadata(topology) ? {...metadataService, speaker: {greet, datagram: () => null}} : undefined,
		material,
		view,
		assume: next => {
			weak = next;
		},
		speaker: ({workload}, service) =>
			createSpeaker({
				service,
				hostname: workload.name,
				hostKey,
				hostView: () => view(workload),
				weak: () => weak(workload, service),
				logins: logins(workload.name, service.name),
				lookup: (name, family) =>
					addresses
						.get(name)
						?.filter(one => one.family === family)
						.map(({address}) => address),
			}),
	};
}
