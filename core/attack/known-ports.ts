// The ports that an attacker tries on a host it knows nothing about, and the protocol that usually speaks there. One
// table for both uses: a port that is not in it is tried only where some configuration named it.
// Source: IANA Service Name and Transport Protocol Port Number Registry, and the habits of common servers.

/** A port as text, `5432/tcp`: what knowledge is keyed with. */
export type PortText = `${number}/${'tcp' | 'udp'}`;

const tcp: readonly (readonly [port: number, speaks: string])[] = [
	[22, 'ssh'],
	[23, 'telnet'],
	[25, 'smtp'],
	[53, 'dns'],
	[80, 'http'],
	[88, 'kerberos'],
	[104, 'dicom'],
	[389, 'ldap'],
	[443, 'http'],
	[445, 'smb'],
	[502, 'modbus'],
	[636, 'ldap'],
	[1433, 'mssql'],
	[1521, 'oracle'],
	[1883, 'mqtt'],
	[2049, 'nfs'],
	[2375, 'http'],
	[2379, 'http'],
	[2575, 'hl7'],
	[3000, 'http'],
	[3306, 'mysql'],
	[3389, 'rdp'],
	[5000, 'http'],
	[5432, 'postgres'],
	[5672, 'amqp'],
	[5900, 'vnc'],
	[6379, 'redis'],
	[6443, 'http'],
	[8080, 'http'],
	[8081, 'http'],
	[8443, 'http'],
	[9000, 'http'],
	[9090, 'http'],
	[9092, 'kafka'],
	[9100, 'http'],
	[9200, 'http'],
	[10250, 'http'],
	[11211, 'memcached'],
	[27017, 'mongodb'],
	[50051, 'http'],
];

const udp: readonly (readonly [port: number, speaks: string])[] = [
	[53, 'dns'],
	[123, 'ntp'],
	[161, 'snmp'],
	[389, 'ldap'],
];

/** By port text, the protocol usually spoken there (a word of `Speaks` where there is one). In the table's order: tcp, then udp, each ascending. */
export const knownPorts: ReadonlyMap<string, string> = new Map([
	...tcp.map(([port, speaks]) => [`${port}/tcp`, speaks] as const),
	...udp.map(([port, speaks]) => [`${port}/udp`, speaks] as const),
]);

/** `5432/tcp` as its parts; the inverse of writing `port/protocol`. */
export function parsePortText(text: string): {readonly port: number; readonly protocol: 'tcp' | 'udp'} {
	const slash = text.indexOf('/');
	return {port: Number(text.slice(0, slash)), protocol: text.slice(slash + 1) as 'tcp' | 'udp'};
}
