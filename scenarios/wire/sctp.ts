// SCTP without the kernel's sockets, which most machines lack: a probe is a raw INIT, and the far end is a raw socket
// behind the far end's own rules. What it hears has arrived; where nothing listens it answers with an ABORT, as a host
// that speaks SCTP does, and that ABORT must find its way back for the port to be called closed.
import type {LiveSite} from '../../core/contracts/site.ts';
import type {Address} from '../../core/model/topology.ts';
import {errnoName, libc} from '../../kernel/libc.ts';
import {withNetns} from '../../kernel/netns.ts';
import type {Reactor} from '../../kernel/reactor.ts';
import {abortPacket, initPacket, readSctp} from '../../kernel/sctp-packet.ts';
import {endKey, sockaddr, textKey} from '../../kernel/sockaddr.ts';
import {closeSocket, rawSctp} from '../../kernel/sockets.ts';
import {type Pending, pendingKey} from './pending.ts';

export interface Sctp extends Disposable {
	/** From now on a workload listens on a port, in both families. Returns the undo. */
	listen(workload: string, port: number): () => void;
	/** Sends the INIT of a pending probe. The first call opens a socket for every address of the lab. */
	send(probe: Pending): void;
	/** A site that came up later, or is gone. */
	join(site: LiveSite): void;
	leave(site: LiveSite): void;
}

export interface SctpInput {
	readonly sites: readonly LiveSite[];
	readonly reactor: Reactor;
	readonly pending: ReadonlyMap<string, Pending>;
	readonly onChange: (pending: Pending) => void;
}

const MSG_DONTWAIT = 0x40;
const EPERM = 1;
const packet = Buffer.alloc(2048);
const peer = Buffer.alloc(28);
const peerLength = Buffer.alloc(4);

export function createSctp(input: SctpInput): Sctp {
	const listening = new Set<string>();
	const endpoints = new Map<string, {readonly fd: number; readonly stop: () => void}>();
	const sites = new Map(input.sites.map(site => [site.workload.name, site]));
	const open = (some: Iterable<LiveSite>): void => {
		for (const {workload, netns} of some)
			withNetns(netns, () => {
				for (const own of workload.addresses) {
					const fd = bound(own);
					const stop = input.reactor.watch(fd, () => receiveAll(fd, workload.name, own, {...input, listening}));
					endpoints.set(own.address, {fd, stop});
				}
			});
	};
	return {
		listen(workload, port) {
			const key = listenerKey(workload, port);
			listening.add(key);
			return () => void listening.delete(key);
		},
		send(probe) {
			if (endpoints.size === 0) open(sites.values());
			const {source, destination, family, port} = probe.flow;
			const init = initPacket(sourcePortOf(probe), port);
			const to = sockaddr(family, destination.address, 0);
			const {fd} = endpoints.get(source.address)!;
			if (libc().sendto(fd, init, init.length, 0, to, to.length) >= 0) return;
			const errno = libc().errno();
			// A refusal by the own output chain waits for its log.
			if (errno !== EPERM) probe.trouble = `sendto from ${source.workload ?? source.address}: ${errnoName(errno)}`;
		},
		join(site) {
			sites.set(site.workload.name, site);
			if (endpoints.size > 0) open([site]);
		},
		leave({workload}) {
			sites.delete(workload.name);
			for (const {address} of workload.addresses) {
				const endpoint = endpoints.get(address);
				if (endpoint === undefined) continue;
				endpoint.stop();
				closeSocket(endpoint.fd);
				endpoints.delete(address);
			}
		},
		[Symbol.dispose]() {
			for (const {fd, stop} of endpoints.values()) {
				stop();
				closeSocket(fd);
			}
			endpoints.clear();
		},
	};
}

const listenerKey = (workload: string, port: number): string => `${workload} ${port}`;

/** The port that a pending probe was given: what follows the protocol in its key. */
const sourcePortOf = ({key, flow}: Pending): number => key.charCodeAt(flow.protocol.length);

/** In the namespace of the address. It hears what its workload's input rules let in, and nothing for other addresses. */
function bound({family, address}: Address): number {
	const fd = rawSctp(family);
	const own = sockaddr(family, address, 0);
	libc().bind(fd, own, own.length);
	return fd;
}

interface Hearing extends Pick<SctpInput, 'pending' | 'onChange'> {
	readonly listening: ReadonlySet<string>;
}

function receiveAll(fd: number, workload: string, own: Address, {pending, onChange, listening}: Hearing): void {
	for (;;) {
		peerLength.writeUInt32LE(peer.length);
		const length = Number(libc().recvfrom(fd, packet, packet.length, MSG_DONTWAIT, peer, peerLength));
		if (length < 0) return;
		// A raw IPv4 socket gives the IP header too (raw(7)), an IPv6 one does not.
		const heard = readSctp(packet, own.family === 4 ? (packet[0]! & 15) * 4 : 0, length);
		if (heard === undefined) continue;
		const far = endKey(own.family, peer, own.family === 4 ? 4 : 8, heard.sourcePort);
		const near = textKey(own.address, heard.port);
		if (heard.chunk === 'init') {
			const probe = pending.get(pendingKey('sctp', far));
			if (probe === undefined || probe.destinationKey !== near) continue;
			if (listening.has(listenerKey(workload, heard.port))) {
				probe.arrival = 'open';
				onChange(probe);
			} else {
				const abort = abortPacket(heard.port, heard.sourcePort, heard.initiateTag);
				libc().sendto(fd, abort, abort.length, 0, peer, peerLength.readUInt32LE());
			}
		} else if (heard.chunk === 'abort') {
			const probe = pending.get(pendingKey('sctp', near));
			if (probe === undefined || probe.destinationKey !== far) continue;
			// A kernel that speaks SCTP itself aborts what it has no socket for, also where this lab listens.
			const {workload: name} = probe.flow.destination;
			if (name !== null && listening.has(listenerKey(name, probe.flow.port))) continue;
			probe.refused = true;
			onChange(probe);
		}
	}
}
