// What speaks at each service of a lab, and what an attacker finds inside: one set of secrets a lab, one weakness a run.
import {randomBytes} from 'node:crypto';
import {hostView} from '../core/attack/host-view.ts';
import type {Weakness} from '../core/attack/weakness.ts';
import type {HostView} from '../core/contracts/network.ts';
import type {LiveSite} from '../core/contracts/site.ts';
import type {Secret, Service, Topology, Workload} from '../core/model/topology.ts';
import {createHostKey, createMaterials, heldOf} from '../kernel/speech/materials.ts';
import type {Speaker} from '../scenarios/wire/listeners.ts';
import {planLogins} from '../scenarios/wire/services/logins.ts';
import {createSpeaker} from '../scenarios/wire/services/speaker.ts';

export interface Speakers {
	readonly speaker: (site: LiveSite, service: Service) => Speaker;
	/** What a secret is made of in this lab: the password or the private key. */
	readonly material: (secret: Secret) => string;
	/** The view from inside a workload, with the real passwords and keys of this lab. */
	readonly view: (workload: Workload) => HostView;
	/** Which services are weak from now on; none before the first call. */
	assume(weak: Weakness): void;
	/** The lab is of another topology from now on; what a service opens for stays as it was when it came up. */
	become(topology: Topology): void;
}

export function createSpeakers(first: Topology): Speakers {
	const hostKey = createHostKey(randomBytes);
	const materials = new Map(createMaterials(first.secrets, randomBytes));
	let topology = first;
	let workloads = named(first);
	let logins = planLogins(first, materials);
	let weak: Weakness = () => false;
	const material = ({id}: Secret): string => heldOf(materials.get(id)!);
	const view = (workload: Workload): HostView => hostView(topology, workload, material);
	return {
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
