// What an attacker knows, kept as it grows. Nothing enters but a view from inside and what actions taught.
import {knownPorts} from '../core/attack/known-ports.ts';
import type {FoundSecret, HostView} from '../core/contracts/network.ts';
import type {Entry, Knowledge, KnownHost, Learned, PlannedAction} from '../core/contracts/technique.ts';

/** What an action changed: the hostname it took, and whether for the first time or from a login to a shell. */
export interface Gain {
	readonly hostname: string;
	/** `lost`: it had not fallen before; `pivot`: it had, without a shell; `known`: nothing new. */
	readonly kind: 'lost' | 'pivot' | 'known';
}

export interface Memory {
	/** A live view: it grows with `learn`. */
	readonly knowledge: Knowledge;
	/** What is known now, and stays so. */
	snapshot(): Knowledge;
	/** Folds in what an action taught; undefined when it took no workload. */
	learn(action: PlannedAction, found: Learned): Gain | undefined;
}

/** A host as it is kept here, where what is open may still grow. */
interface Acquaintance extends KnownHost {
	readonly open: Map<string, Set<string>>;
}

/** The memory of an attacker that stands in `foothold`. */
export function createMemory(foothold: HostView, goals: readonly string[]): Memory {
	const pivots: HostView[] = [];
	const lost = new Set<string>();
	const hosts = new Map<string, Acquaintance>();
	const secrets = new Map<string, FoundSecret>();
	const done = new Set<string>();
	const ports = new Set(knownPorts.keys());
	const portList = [...ports];
	const scanned = new Map<string, Map<string, number>>();
	const swept = new Map<string, 'seen' | 'absent'>();
	const entries = new Map<string, Entry>();

	const call = (address: string, name: string): void => {
		hosts.set(address, {address, name, open: hosts.get(address)?.open ?? new Map()});
	};
	const meet = (address: string, name = address): void => {
		const known = hosts.get(address)?.name ?? address;
		call(address, known === address ? name : known);
	};
	const foundOpen = (address: string, port: string, pivot: string): void => {
		meet(address);
		const {open} = hosts.get(address)!;
		open.set(port, (open.get(port) ?? new Set()).add(pivot));
		if (ports.has(port)) return;
		ports.add(port);
		portList.push(port);
	};
	const enter = (view: HostView): Gain => {
		const {hostname} = view;
		if (pivots.some(pivot => pivot.hostname === hostname)) return {hostname, kind: 'known'};
		const kind = lost.has(hostname) ? 'pivot' : 'lost';
		pivots.push(view);
		scanned.set(hostname, new Map());
		lost.add(hostname);
		// Being there outweighs what a hosts file called it.
		for (const address of view.addresses) call(address, hostname);
		for (const {name, address} of view.hosts) meet(address, name);
		for (const {name, address, protocol, port} of view.peers) {
			meet(address, name);
			if (protocol !== 'sctp') foundOpen(address, `${port}/${protocol}`, hostname);
		}
		for (const {name, address} of view.orders?.hosts ?? []) meet(address, name);
		for (const secret of view.secrets) secrets.set(secret.id, secret);
		return {hostname, kind};
	};

	enter(foothold);
	const knowledge: Knowledge = {
		...{pivots, lost, hosts, secrets, done, goals: new Set(goals)},
		...{ports: portList, scanned, swept, entries},
	};
	const remember = (hostname: string, action: PlannedAction, {way}: Learned): void => {
		const {from, address, protocol, port} = action;
		if (way === undefined || address === null || protocol === null || protocol === 'icmp' || port === null) return;
		if (!entries.has(hostname)) entries.set(hostname, {way, from, address, protocol, port});
	};
	return {
		knowledge,
		snapshot: () => ({
			...knowledge,
			pivots: [...pivots],
			lost: new Set(lost),
			hosts: new Map(hosts),
			secrets: new Map(secrets),
			done: new Set(done),
			ports: [...portList],
			scanned: new Map([...scanned].map(([pivot, tried]) => [pivot, new Map(tried)])),
			swept: new Map(swept),
			entries: new Map(entries),
		}),
		learn(action, found) {
			const {key, from, address} = action;
			done.add(key);
			for (const settled of found.settled) done.add(settled);
			if (found.scanned !== null && address !== null) scanned.get(from)?.set(address, found.scanned);
			for (const absent of found.absent) swept.set(absent, 'absent');
			for (const seen of found.hosts) {
				swept.set(seen, 'seen');
				meet(seen);
			}
			for (const one of found.open) foundOpen(one.address, one.port, from);
			for (const secret of found.secrets ?? []) secrets.set(secret.id, secret);
			if (found.shell !== null) {
				remember(found.shell.hostname, action, found);
				return enter(found.shell);
			}
			if (found.lost === null) return undefined;
			const kind = lost.has(found.lost) ? 'known' : 'lost';
			lost.add(found.lost);
			if (address !== null) call(address, found.lost);
			return {hostname: found.lost, kind};
		},
	};
}
