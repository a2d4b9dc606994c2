// Listeners to services with names: the protocol's own where it is known, else `port-8080`.
import type {Service, Speaks} from '../model/topology.ts';
import type {Listener} from './parts.ts';

/** Sorted by port, one a port and protocol; of two for one port, what the first leaves open the second says. */
export function nameListeners(listeners: readonly Listener[]): readonly Service[] {
	const byPort = new Map<string, Listener>();
	for (const one of listeners) {
		const key = `${one.port}-${one.lastPort}/${one.protocol}`;
		const before = byPort.get(key);
		const joined = {name: before?.name ?? one.name, speaks: before?.speaks ?? one.speaks};
		byPort.set(key, {...one, ...joined});
	}
	const sorted = [...byPort.values()].sort((a, b) => a.port - b.port || (a.protocol < b.protocol ? -1 : 1));
	const taken = new Set<string>();
	return sorted.map(({name, protocol, port, lastPort, speaks}) => {
		const known = name ?? (port === lastPort ? (portNames.get(`${port}/${protocol}`) ?? null) : null);
		const numbers = lastPort === port ? `port-${port}` : `ports-${port}-${lastPort}`;
		const number = protocol === 'tcp' ? numbers : `${numbers}-${protocol}`;
		const chosen = known === null || taken.has(known) ? number : known;
		taken.add(chosen);
		return {name: chosen, protocol, port, lastPort, speaks: speaks ?? speechOf(port, protocol), weak: []};
	});
}

/** Only what needs no password is spoken by a port's number alone. */
const speechOf = (port: number, protocol: Listener['protocol']): Speaks => {
	if (protocol === 'sctp') return 'tcp';
	if (port === 53) return 'dns';
	if (protocol === 'udp') return 'udp';
	return port === 80 || port === 8080 ? 'http' : 'tcp';
};

/** Names of ports that mean one thing. Source: IANA Service Name and Transport Protocol Port Number Registry. */
const portNames: ReadonlyMap<string, string> = new Map([
	['22/tcp', 'ssh'],
	['53/tcp', 'dns'],
	['53/udp', 'dns-udp'],
	['80/tcp', 'http'],
	['389/tcp', 'ldap'],
	['443/tcp', 'https'],
	['1433/tcp', 'mssql'],
	['1883/tcp', 'mqtt'],
	['3306/tcp', 'mysql'],
	['5432/tcp', 'postgres'],
	['5672/tcp', 'amqp'],
	['6379/tcp', 'redis'],
	['9092/tcp', 'kafka'],
	['27017/tcp', 'mongodb'],
	['33060/tcp', 'mysqlx'],
]);
