// Docker's short syntax of published ports, which Compose and containerlab share.
// Source: compose-spec, "ports", short syntax; docker-run(1), --publish.

export interface PublishedPort {
	readonly protocol: 'tcp' | 'udp' | 'sctp';
	/** Of the container. */
	readonly port: number;
	readonly lastPort: number;
	/** `loopback`: only whoever is on the host itself reaches it. */
	readonly on: 'everywhere' | 'loopback';
}

export type PortSpec =
	| {readonly kind: 'port'; readonly published: PublishedPort}
	| {readonly kind: 'wrong'; readonly what: string; readonly mend: string};

const how = 'a port is written 8080:80, 127.0.0.1:8080:80/tcp or 53:53/udp';

/** `[[HOST:]PUBLISHED:]CONTAINER[/PROTOCOL]`, each port a number or a range; an IPv6 host stands in brackets. */
export function parsePortSpec(text: string): PortSpec {
	const match = /^(?:(?:(\[[^\]]*\]|[^:]*):)?([\d-]*):)?(\d{1,5})(?:-(\d{1,5}))?(?:\/([a-z]+))?$/.exec(text);
	if (match === null) return {kind: 'wrong', what: `${JSON.stringify(text)} is not a port`, mend: how};
	const [, host = '', , first, last, protocol = 'tcp'] = match;
	if (protocol !== 'tcp' && protocol !== 'udp' && protocol !== 'sctp')
		return {kind: 'wrong', what: `${JSON.stringify(text)} has the protocol ${protocol}`, mend: 'tcp, udp or sctp'};
	const [port, lastPort] = [Number(first), Number(last ?? first)];
	if (port < 1 || lastPort > 65_535 || lastPort < port)
		return {kind: 'wrong', what: `${JSON.stringify(text)} is not a port`, mend: 'ports go from 1 to 65535, upwards'};
	return {kind: 'port', published: {protocol, port, lastPort, on: isLoopback(host) ? 'loopback' : 'everywhere'}};
}

export const isLoopback = (host: string): boolean => /^(127\.|localhost$|\[?::1\]?$)/.test(host);
