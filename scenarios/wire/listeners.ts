// Every service's listening sockets, made in its workload's namespace and served by the one engine. What arrives is a
// probe (its arrival is noted, and TCP is reset at once) or somebody who wants to talk.
import {Socket} from 'node:net';
import type {LiveSite} from '../../core/contracts/site.ts';
import {listeningPorts} from '../../core/model/listening-ports.ts';
import type {Family, Service} from '../../core/model/topology.ts';
import {libc, SystemCallError} from '../../kernel/libc.ts';
import {withNetns} from '../../kernel/netns.ts';
import type {Reactor} from '../../kernel/reactor.ts';
import {sockaddrKey} from '../../kernel/sockaddr.ts';
import {bindUdp, closeByReset, closeSocket, listenTcp} from '../../kernel/sockets.ts';
import {type Pending, pendingKey} from './pending.ts';
import type {Sctp} from './sctp.ts';

/** What speaks at a service. */
export interface Speaker {
	greet(socket: Socket): void;
	datagram(message: Buffer): Buffer | null;
}

export interface Listeners extends Disposable {
	/** Closes the sockets of one service: a way to provoke a listener that is gone. */
	kill(workload: string, service: string): void;
	/**
	 * Until disposed, what an attacker says at that port of a workload is heard by this speaker, whether anything listens
	 * there otherwise or not. Lent twice, it stays until the last is given back.
	 */
	lend(workload: string, at: Pick<Service, 'protocol' | 'port'>, speaker: Speaker): Disposable;
	/** Closes every conversation that is open: a new run starts clean. */
	hangUp(): void;
	/** The open conversation with that far end; what it says of itself stays true when it is over. */
	conversation(address: string, port: number): Conversation | undefined;
	readonly count: number;
}

export interface Conversation {
	/** What the service has received. */
	readonly bytesRead: number;
}

export interface ListenersInput {
	readonly sites: readonly LiveSite[];
	readonly reactor: Reactor;
	readonly pending: ReadonlyMap<string, Pending>;
	readonly onChange: (pending: Pending) => void;
	readonly sctp: Pick<Sctp, 'listen'>;
	readonly speaker: (site: LiveSite, service: Service) => Speaker;
	/** One that belongs to no workload: on this address and port of tcp, in the namespace this process is in. */
	readonly beside?: {readonly address: string; readonly port: number; readonly speaker: Speaker} | undefined;
	/** Decides which ports of a range listen. */
	readonly seed: number;
}

const EADDRINUSE = 98;
const accept4Flags = 0o4000 | 0o2000000;
const peer = Buffer.alloc(28);
const peerLength = Buffer.alloc(4);
const datagram = Buffer.alloc(1 << 16);

/** @throws SystemCallError where a port cannot be bound, which in a fresh namespace is a bug */
export function startListeners(input: ListenersInput): Listeners {
	const open = new Map<string, (() => void)[]>();
	const sockets = new Set<Socket>();
	const lent = new Map<string, Loan>();
	const wire = {...input, sockets, lent, places: new Set<string>()};
	for (const site of input.sites) {
		if (site.ownServices) continue;
		const families = familiesOf(site);
		withNetns(site.netns, () => {
			for (const service of site.workload.services) {
				const close =
					service.protocol === 'sctp'
						? listeningPorts(service, input.seed).map(port => input.sctp.listen(site.workload.name, port))
						: families.flatMap(family => listenPorts(wire, site, service, family));
				open.set(`${site.workload.name} ${service.name}`, close);
			}
		});
	}
	if (input.beside !== undefined) {
		const {address, port, speaker} = input.beside;
		const fd = listenTcp(4, port, address);
		open.set(address, [watched(fd, input, () => acceptOne(fd, () => speaker, wire))]);
	}
	const hangUp = (): void => {
		for (const socket of sockets) socket.destroy();
		sockets.clear();
	};
	return {
		count: open.size,
		kill(workload, service) {
			for (const close of open.get(`${workload} ${service}`) ?? []) close();
			open.delete(`${workload} ${service}`);
		},
		lend(workload, at, speaker) {
			const key = placeOf(workload, at);
			const loan = lent.get(key) ?? {speaker, holders: 0, close: []};
			lent.set(key, loan);
			const site = input.sites.find(one => one.workload.name === workload);
			if (loan.holders++ === 0 && site !== undefined) loan.close = borrow(wire, site, at, speaker);
			let held = true;
			return {
				[Symbol.dispose]() {
					if (!held || --loan.holders > 0) return void (held = false);
					held = false;
					lent.delete(key);
					for (const close of loan.close) close();
				},
			};
		},
		hangUp,
		conversation: (address, port) =>
			[...sockets].find(socket => socket.remotePort === port && socket.remoteAddress === address),
		[Symbol.dispose]() {
			hangUp();
			for (const close of [...open.values()].flat()) close();
			open.clear();
		},
	};
}

/** What an attacker has put at a port, and for how many of its actions. */
interface Loan {
	readonly speaker: Speaker;
	holders: number;
	close: readonly (() => void)[];
}

interface Wire extends ListenersInput {
	readonly sockets: Set<Socket>;
	readonly lent: ReadonlyMap<string, Loan>;
	/** Where the lab listens now, by family: a second socket for datagrams would get a share of them. */
	readonly places: Set<string>;
}

const familiesOf = ({workload}: LiveSite): readonly Family[] => [
	...new Set(workload.addresses.map(({family}) => family)),
];

const placeOf = (workload: string, {protocol, port}: Pick<Service, 'protocol' | 'port'>): string =>
	`${workload} ${port}/${protocol}`;

function listenPorts(wire: Wire, site: LiveSite, service: Service, family: Family): (() => void)[] {
	const {protocol} = service;
	const speaker = wire.speaker(site, service);
	return listeningPorts(service, wire.seed).map(port => listenAt(wire, site, {protocol, port, family}, speaker));
}

/** Listens where nobody does; where somebody does, it is the lab's own listener, which asks what is lent. */
function borrow(
	wire: Wire,
	site: LiveSite,
	at: Pick<Service, 'protocol' | 'port'>,
	speaker: Speaker,
): readonly (() => void)[] {
	return familiesOf(site).flatMap(family => {
		if (wire.places.has(`${placeOf(site.workload.name, at)} ${family}`)) return [];
		try {
			return withNetns(site.netns, () => listenAt(wire, site, {...at, family}, speaker));
		} catch (error) {
			if (error instanceof SystemCallError && error.errno === EADDRINUSE) return [];
			throw error;
		}
	});
}

/** Served until what it gives is called. */
function watched(fd: number, {reactor}: ListenersInput, onReadable: () => void): () => void {
	const unwatch = reactor.watch(fd, onReadable);
	let closed = false;
	return () => {
		if (closed) return;
		closed = true;
		unwatch();
		closeSocket(fd);
	};
}

function listenAt(
	wire: Wire,
	site: LiveSite,
	{protocol, port, family}: Pick<Service, 'protocol' | 'port'> & {readonly family: Family},
	speaker: Speaker,
): () => void {
	const place = placeOf(site.workload.name, {protocol, port});
	const lent = (): Speaker | undefined => wire.lent.get(place)?.speaker;
	const hears = (probe: Pending | undefined): Speaker => (probe?.purpose === 'talk' ? lent() : undefined) ?? speaker;
	const answers = (message: Buffer): Buffer | null => lent()?.datagram(message) ?? speaker.datagram(message);
	const fd = protocol === 'tcp' ? listenTcp(family, port) : bindUdp(family, port);
	const onReadable = protocol === 'tcp' ? () => acceptOne(fd, hears, wire) : () => receiveAll(fd, answers, wire);
	const stop = watched(fd, wire, onReadable);
	wire.places.add(`${place} ${family}`);
	return () => {
		wire.places.delete(`${place} ${family}`);
		stop();
	};
}

/** Who hears a conversation, by the pending probe that opened it. */
type Hears = (probe: Pending | undefined) => Speaker;

/** One at a time: the reactor comes back for the next, which is cheaper than to ask and hear that there is none. */
function acceptOne(listener: number, hears: Hears, {pending, onChange, sockets}: Wire): void {
	peerLength.writeUInt32LE(peer.length);
	const fd = libc().accept4(listener, peer, peerLength, accept4Flags);
	if (fd < 0) return;
	const probe = pending.get(pendingKey('tcp', sockaddrKey(peer)));
	// The reset goes first: whoever settles the probe then finds its own end closed.
	if (probe?.purpose === 'probe') closeByReset(fd);
	if (probe !== undefined) {
		probe.arrival = 'open';
		onChange(probe);
	}
	if (probe?.purpose !== 'probe') converse(fd, hears(probe), sockets);
}

/** From here on Node owns the descriptor. */
function converse(fd: number, speaker: Speaker, sockets: Set<Socket>): void {
	const socket = new Socket({fd, readable: true, writable: true});
	socket.setNoDelay(true);
	socket.on('error', () => undefined);
	socket.once('close', () => sockets.delete(socket));
	sockets.add(socket);
	speaker.greet(socket);
}

function receiveAll(fd: number, answers: Speaker['datagram'], {pending, onChange}: Wire): void {
	const c = libc();
	for (;;) {
		peerLength.writeUInt32LE(peer.length);
		const length = Number(c.recvfrom(fd, datagram, datagram.length, 0x40, peer, peerLength));
		if (length < 0) return;
		const probe = pending.get(pendingKey('udp', sockaddrKey(peer)));
		if (probe !== undefined) {
			probe.arrival = 'open';
			onChange(probe);
		}
		if (probe?.purpose === 'probe') continue;
		const answer = answers(datagram.subarray(0, length));
		if (answer !== null) c.sendto(fd, answer, answer.length, 0, peer, peerLength.readUInt32LE());
	}
}
