// Ports that flows went to as services of their destinations: named after what usually speaks there.
import {knownPorts} from '../attack/known-ports.ts';
import {serves} from '../measure/kinds.ts';
import type {Service, Speaks} from '../model/topology.ts';

/** A port of a kind that was used. */
export interface UsedPort {
	readonly protocol: 'tcp' | 'udp' | 'sctp';
	readonly port: number;
}

/** Ports that Windows gives to remote procedure calls (RFC 6335: dynamic); so many of them at one host are one service. */
export const dynamic = {first: 49_152, last: 65_535, least: 5} as const;

/** What the kind has already, and a service for every used port that none of it serves. */
export function learnedServices(known: readonly Service[], used: readonly UsedPort[]): readonly Service[] {
	const services = [...known];
	const sorted = used.toSorted((a, b) => a.port - b.port || (a.protocol < b.protocol ? -1 : 1));
	const high = Map.groupBy(
		sorted.filter(({port}) => port >= dynamic.first),
		({protocol}) => protocol,
	);
	const ranges = [...high].filter(([, ports]) => new Set(ports.map(({port}) => port)).size >= dynamic.least);
	for (const [protocol] of ranges)
		if (!services.some(one => one.protocol === protocol && one.lastPort >= dynamic.first))
			services.push({
				...plainService(protocol, dynamic.first),
				name: freeName(services, `dynamic-${protocol}`),
				lastPort: dynamic.last,
			});
	for (const {protocol, port} of sorted)
		if (!services.some(one => serves(one, protocol, port))) {
			const usual = knownPorts.get(`${port}/${protocol}`);
			const name = port === 443 || port === 8443 ? 'https' : (usual ?? `${protocol}-${port}`);
			const taken = services.some(one => one.name === name);
			services.push({
				...plainService(protocol, port),
				name: freeName(services, taken ? `${name}-${port}` : name),
				speaks: spoken(usual, protocol),
			});
		}
	return services;
}

const plainService = (protocol: UsedPort['protocol'], port: number): Service => ({
	name: '',
	protocol,
	port,
	lastPort: port,
	speaks: protocol === 'udp' ? 'udp' : 'tcp',
	weak: [],
});

function freeName(services: readonly Service[], name: string): string {
	let free = name;
	for (let number = 2; services.some(one => one.name === free); number++) free = `${name}-${number}`;
	return free;
}

const words: readonly Speaks[] = ['http', 'ssh', 'postgres', 'redis', 'mysql', 'smb', 'ldap', 'dns', 'kafka'];

const spoken = (usual: string | undefined, protocol: string): Speaks => {
	const word = words.find(one => one === usual);
	return word === undefined || (protocol !== 'tcp' && word !== 'dns') ? (protocol === 'udp' ? 'udp' : 'tcp') : word;
};
