// Every service's listening sockets, made in its workload's namespace and served by the one engine. What arrives is a
// probe (its arrival is noted, and TCP is reset at once) or somebody who wants to talk.
import type {Socket} from 'node:net';
import type {LiveSite} from '../../core/contracts/site.ts';
import {listeningPorts} from '../../core/model/listening-ports.ts';
import type {Family, Service} from '../../core/model/topology.ts';
import {SystemCallError} from '../../kernel/libc.ts';
import {withNetns} from '../../kernel/netns.ts';
import type {Reactor} from '../../kernel/reactor.ts';
import {bindUdp, listenTcp} from '../../kernel/sockets.ts';
import type {Pending} from './pending.ts';
import type {Sctp} from './sctp.ts';
import {acceptOne, type Door, receiveAll, type Served, type Speaker, watched} from './serve-socket.ts';

export interface Listeners extends Disposable {
	/** Closes the sockets of one service: a way to provoke a listener that is gone. */
	kill(workload: string, service: string): void;
	/**
	 * Until disposed, what an attacker says at that port of a workload is heard by this speaker, whether anything listens
	 * there otherwise or not. Lent twice, it stays until the last is given back.
	 */
	lend(workload: string, at: Pick<Service, 'protocol' | 'port'>, speaker: Speaker): Disposable;
	/** A site that came up later, or is gone with its conversations. */
	join(site: LiveSite): void;
	leave(workload: string): void;
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

/** @throws SystemCallError where a port cannot be bound, which in a fresh namespace is a bug */
export function startListeners(input: ListenersInput): Listeners {
	const open = new Map<string, (() => void)[]>();
	const sockets = new Map<Socket, string>();
	const sites = new Map<string, LiveSite>();
	const lent = new Map<string, Loan>();
	const wire: Wire = {...input, sockets, lent, places: new Set<string>()};
	const join = (site: LiveSite): void => {
		sites.set(site.workload.name, site);
		if (site.ownServices) return;
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
	};
	for (const site of input.sites) join(site);
	if (input.beside !== undefined) {
		const {address, port, speaker} = input.beside;
		const fd = listenTcp(4, port, address);
		open.set(address, [watched(fd, input, () => acceptOne(fd, {owner: address, hears: () => speaker}, wire))]);
	}
	const hangUp = (workload?: string): void => {
		for (const [socket, at] of sockets)
			if (workload === undefined || at === workload) {
				socket.destroy();
				sockets.delete(socket);
			}
	};
	return {
		get count() {
			return open.size;
		},
		join,
		leave(workload) {
			hangUp(workload);
			sites.delete(workload);
			for (const key of [...open.keys()].filter(one => one.startsWith(`${workload} `))) {
				for (const close of open.get(key)!) close();
				open.delete(key);
			}
		},
		kill(workload, service) {
			for (const close of open.get(`${workload} ${service}`) ?? []) close();
			open.delete(`${workload} ${service}`);
		},
		lend(workload, at, speaker) {
			const key = placeOf(workload, at);
			const loan = lent.get(key) ?? {speaker, holders: 0, close: []};
			lent.set(key, loan);
			const site = sites.get(workload);
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
		hangUp: () => hangUp(),
		conversation: (address, port) =>
			[...sockets.keys()].find(socket => socket.remotePort === port && socket.remoteAddress === address),
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

interface Wire extends ListenersInput, Served {
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

function listenAt(
	wire: Wire,
	site: LiveSite,
	{protocol, port, family}: Pick<Service, 'protocol' | 'port'> & {readonly family: Family},
	speaker: Speaker,
): () => void {
	const place = placeOf(site.workload.name, {protocol, port});
	const lent = (): Speaker | undefined => wire.lent.get(place)?.speaker;
	const hears: Door['hears'] = probe => (probe?.purpose === 'talk' ? lent() : undefined) ?? speaker;
	const answers = (message: Buffer): Buffer | null => lent()?.datagram(message) ?? speaker.datagram(message);
	const fd = protocol === 'tcp' ? listenTcp(family, port) : bindUdp(family, port);
	const onReadable =
		protocol === 'tcp'
			? () => acceptOne(fd, {owner: site.workload.name, hears}, wire)
			: () => receiveAll(fd, answers, wire);
	const stop = watched(fd, wire, onReadable);
	wire.places.add(`${place} ${family}`);
	return () => {
		wire.places.delete(`${place} ${family}`);
		stop();
	};
}
