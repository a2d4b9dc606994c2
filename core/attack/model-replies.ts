// What the far end of the model's network says to whoever has reached it.
import type {Exchange, FoundSecret, Reply, Way} from '../contracts/network.ts';
import {metadataService} from '../model/metadata-service.ts';
import type {Secret, Service, Topology, Workload} from '../model/topology.ts';
import {foundSecret, hostView} from './host-view.ts';
import type {Weakness} from './weakness.ts';

export interface Repliers {
	readonly topology: Topology;
	readonly weak: Weakness;
	/** What a secret is made of: any text, equal for equal secrets. */
	readonly material: (secret: Secret) => string;
}

/** Two ends of a conversation whose first packet arrived, and the service that listens. */
export interface Meeting {
	readonly sender: Workload;
	readonly workload: Workload;
	readonly service: Service;
}

const refused: Reply = {kind: 'refused'};
/** A far end that does not ask for one. */
const noLogins: Reply = {kind: 'refused', logins: 'none'};

/** The answer of a service; it fits what the lab's own would say. */
export function replyOf(world: Repliers, meeting: Meeting, exchange: Exchange): Reply {
	const {workload, service} = meeting;
	const shell = (): Reply => ({kind: 'shell', host: hostView(world.topology, workload, world.material)});
	switch (exchange.kind) {
		case 'exploit':
			return world.weak(workload, service) ? shell() : refused;
		case 'login':
			if (exchange.speaks !== service.speaks || !takesLogins(service, exchange.secret.kind)) return noLogins;
			if (!opens(world.topology, exchange.secret, workload, service))
				return service.speaks === 'tcp' ? noLogins : refused;
			return service.speaks === 'ssh' ? shell() : {kind: 'session', hostname: workload.name};
		case 'order':
			return service.speaks === 'ssh' && takesOrders(world.topology, exchange.secret, workload, service)
				? shell()
				: refused;
		case 'transfer':
			return enters(world, meeting, exchange.way) ? {kind: 'carried', bytes: exchange.bytes} : refused;
		case 'metadata':
			return refused;
		default:
			return exchange satisfies never;
	}
}

/** What the metadata service gives to a machine: its own secrets, and nothing to one that has none there. */
export function metadataReply({topology, material}: Repliers, sender: Workload, exchange: Exchange): Reply {
	if (exchange.kind !== 'metadata' || sender.metadata === undefined) return refused;
	return {kind: 'secrets', secrets: metadataOf(topology, sender, material)};
}

/** The secrets that a workload's metadata service hands over. */
export const metadataOf = (
	topology: Topology,
	{metadata = []}: Workload,
	material: Repliers['material'],
): readonly FoundSecret[] =>
	topology.secrets.filter(({id}) => metadata.includes(id)).map(secret => foundSecret(topology, secret, material));

/** Whether the metadata service stands behind the fabric: somebody has one. */
export const hasMetadata = ({workloads}: Pick<Topology, 'workloads'>): boolean =>
	workloads.some(({metadata}) => metadata !== undefined);

/** Whether a destination is the metadata service's address. */
export const isMetadata = (address: string): boolean => address === metadataService.address;

/** Name servers and datagrams take no logins, and keys are for ssh alone. */
const takesLogins = ({protocol, speaks}: Service, kind: Secret['kind']): boolean =>
	protocol === 'tcp' && speaks !== 'dns' && (kind === 'password' || speaks === 'ssh');

const enters = ({topology, weak}: Repliers, {workload, service}: Meeting, way: Way): boolean =>
	way.kind === 'exploit'
		? weak(workload, service)
		: service.speaks === 'ssh' && opens(topology, way.secret, workload, service);

function opens(topology: Topology, {id, user, material}: FoundSecret, workload: Workload, service: Service): boolean {
	return topology.secrets
		.filter(secret => secret.id === id || (secret.wellKnown && secret.user === user && secret.user === material))
		.some(secret => opensIt(secret, workload, service));
}

const takesOrders = (topology: Topology, {id}: FoundSecret, workload: Workload, service: Service): boolean =>
	topology.secrets.some(
		secret => secret.id === id && secret.ordersOf !== undefined && opensIt(secret, workload, service),
	);

const opensIt = (secret: Secret, workload: Workload, service: Service): boolean =>
	secret.opens.some(door => door.workload === workload.name && door.service === service.name);
