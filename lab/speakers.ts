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
import type {ListenersInput} from '../scenarios/wire/listeners.ts';
import {createRelays, type Relays} from '../scenarios/wire/relays.ts';
import type {Speaker} from '../scenarios/wire/serve-socket.ts';
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
	/** Who may have connections made from its workloads. */
	readonly relays: Relays;
	/** Which services are weak from now on; none before the first call. */
	assume(weak: Weakness): void;
	/** The lab is of another topology from now on; what a service opens for stays as it was when it came up. */
	become(topology: Topology): void;
}

export function createSpeakers(first: Topology): Speakers {
	const relays = createRelays();
	const hostKey = createHostKey(randomBytes);
	const materials = new Map(createMaterials(first.secrets, randomBytes));
	let topology = first;
	let workloads = named(first);
	let byAddress = owners(first);
	let logins = planLogins(first, materials);
	let weak: Weakness = () => false;
	const material = ({id}: Secret): string => heldOf(materials.get(id)!);
	const view = (workload: Workload): HostView => hostView(topology, workload, material);
	const metadata = metadataSpeech(address => {
		const asking = byAddress.get(address);
		return asking?.metadata && metadataOf(topology, asking, material);
	});
	const greet: Speaker['greet'] = socket => {
		socket.on('error', () => {});
		metadata(socket);
	};
	return {
		beside: hasMetadata(first) ? {...metadataService, speaker: {greet, datagram: () => null}} : undefined,
		relays,
		material,
		view,
		assume: next => {
			weak = next;
		},
		become(next) {
			const fresh = next.secrets.filter(({id}) => !materials.has(id));
			for (const [id, made] of createMaterials(fresh, randomBytes)) materials.set(id, made);
			topology = next;
			workloads = named(next);
			byAddress = owners(next);
			logins = planLogins(next, materials);
		},
		speaker({workload: {name}}, service) {
			const self = (): Workload => workloads.get(name)!;
			return createSpeaker({
				service,
				hostname: name,
				hostKey,
				hostView: () => view(self()),
				weak: () => weak(self(), service),
				logins: logins(name, service.name),
				forward: relays.forwardOf(name),
				lookup: (asked, family) =>
					workloads
						.get(asked)
						?.addresses.filter(one => one.family === family)
						.map(({address}) => address),
			});
		},
	};
}

const named = ({workloads}: Topology): ReadonlyMap<string, Workload> =>
	new Map(workloads.map(workload => [workload.name, workload]));

const owners = ({workloads}: Topology): ReadonlyMap<string, Workload> =>
	new Map(workloads.flatMap(one => one.addresses.map(({address}) => [address, one])));
