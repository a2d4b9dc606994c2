// The rooms of a lab's workloads: made when somebody first goes in, and kept. A hundred workloads have none until then.

import {hostView} from '../core/attack/host-view.ts';
import {hostsFile} from '../core/attack/hosts-file.ts';
import type {LiveSite} from '../core/contracts/site.ts';
import {createNames} from '../core/model/lab-names.ts';
import type {Topology} from '../core/model/topology.ts';
import {startNameServer} from '../kernel/name-server.ts';
import type {Reactor} from '../kernel/reactor.ts';
import {makeRoom, type Room} from '../kernel/room.ts';
import type {Entry} from './protocol.ts';

export interface Rooms {
	/**
	 * Where a command enters, by descriptors of this process, which is `pid` to whoever enters.
	 *
	 * @throws FirebreakError `no-room`
	 */
	enter(site: LiveSite, pid: number): Promise<Entry>;
	/** The first process of a workload's room; undefined where it has none. */
	processOf(workload: string): number | undefined;
	/** Ends the room of a workload that is gone, and all that runs there. */
	leave(workload: string): void;
	/** Names are of another topology from now on; a room that is made already keeps its hosts file. */
	become(topology: Topology): void;
}

export interface RoomsInput {
	readonly topology: Topology;
	/** Descriptor of the user namespace that owns the workloads' networks; null where they are containers, which have no rooms. */
	readonly user: number | null;
	readonly rootless: boolean;
	readonly reactor: Reactor;
}

/** None so far. They end with this process. */
export function createRooms({topology: first, user: owner, rootless, reactor}: RoomsInput): Rooms {
	let topology = first;
	const rooms = new Map<string, Promise<Room>>();
	const processes = new Map<string, number>();
	let made: ReturnType<typeof createNames> | undefined;
	const names = () => (made ??= createNames(topology));

	async function make({workload, netns}: LiveSite, user: number): Promise<Room> {
		const {environment} = workload;
		const room = await makeRoom({
			netns,
			user,
			rootless,
			hostname: workload.name,
			hosts: hostsFile(hostView(topology, workload, () => '')),
			search: environment === null ? '' : `search ${environment}\n`,
		});
		const silence = startNameServer(
			netns,
			reactor,
			(name, family) => names().lookup(name, family, environment),
			name => names().pointer(name),
		);
		// Its own root may end it; the next command has a new one.
		processes.set(workload.name, room.pid);
		room.ended.then(() => {
			silence();
			processes.delete(workload.name);
			rooms.delete(workload.name);
		});
		return room;
	}

	return {
		processOf: workload => processes.get(workload),
		leave: workload =>
			void rooms.get(workload)?.then(
				room => room[Symbol.dispose](),
				() => undefined,
			),
		become(next) {
			topology = next;
			made = undefined;
		},
		async enter(site, pid) {
			const {name} = site.workload;
			const user = owner ?? noRoom();
			let making = rooms.get(name);
			if (making === undefined) {
				making = make(site, user);
				rooms.set(name, making);
				making.catch(() => rooms.delete(name));
			}
			return {pid, rootless, user, netns: site.netns, room: (await making).namespaces};
		},
	};
}

function noRoom(): never {
	throw new Error('a container has no room');
}
