// What a pod listens on: the ports that its containers declare, and those that Services send to.
import type {Service, Speaks} from '../model/topology.ts';
import {type ClusterService, targetOf} from './cluster-services.ts';
import {type DeclaredPort, declaredPorts, type PodTemplate} from './pods.ts';

/**
 * Services of a workload, sorted by port. A port keeps the name that its container gave it, since policies may use that;
 * one without a name is called by its number (`8080`, `53_udp`), which no container port can be called.
 *
 * @param behind - the Services that select these pods
 */
export function listenersOf(template: PodTemplate, behind: readonly ClusterService[]): readonly Service[] {
	const reached = behind.flatMap(service =>
		service.ports.flatMap(one => {
			const port = targetOf(service, one, template);
			return port === undefined ? [] : [{name: null, port, protocol: one.protocol}];
		}),
	);
	const byPort = new Map<string, Service>();
	for (const {name, port, protocol} of [...declaredPorts(template.spec), ...reached]) {
		const key = `${port}/${protocol}`;
		const before = byPort.get(key);
		if (before !== undefined && (name === null || before.name !== numberName(port, protocol))) continue;
		byPort.set(key, {
			name: name ?? numberName(port, protocol),
			protocol,
			port,
			lastPort: port,
			speaks: speaksOf(name, port, protocol),
			weak: [],
		});
	}
	return [...byPort.values()].sort((a, b) => a.port - b.port || (a.protocol < b.protocol ? -1 : 1));
}

const numberName = (port: number, protocol: DeclaredPort['protocol']): string =>
	protocol === 'tcp' ? `${port}` : `${port}_${protocol}`;

/**
 * Only http and dns are spoken. A postgres or redis would want a password, and manifests do not say theirs in a way that
 * could be trusted: such a port is a plain listener, which answers whoever reaches it.
 */
function speaksOf(name: string | null, port: number, protocol: DeclaredPort['protocol']): Speaks {
	if (protocol === 'sctp') return 'tcp';
	if (port === 53) return 'dns';
	if (protocol === 'udp') return 'udp';
	return port === 80 || port === 8080 || /^(http|web)(-|$)/.test(name ?? '') ? 'http' : 'tcp';
}
