// What a pod listens on: the ports that its containers declare, and those that Services send to.
import type {Service, Speaks} from '../model/topology.ts';
import {type ClusterService, targetOf} from './cluster-services.ts';
import {type DeclaredPort, declaredPorts, type PodTemplate} from './pods.ts';

/**
 * Services of a workload, sorted by port. A port keeps the names that containers gave it, since policies may use them; one
 * without a name is called by its number (`8080`, `53_udp`), which no container port can be called.
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
	const byPort = Map.groupBy(
		[...declaredPorts(template.spec), ...reached],
		({port, protocol}) => `${port}/${protocol}`,
	);
	const listeners = [...byPort.values()].map((all): Service => {
		const {port, protocol} = all[0]!;
		const [name = null, ...alsoNamed] = new Set(all.flatMap(one => one.name ?? []));
		return {
			name: name ?? numberName(port, protocol),
			...(alsoNamed.length > 0 && {alsoNamed}),
			protocol,
			port,
			lastPort: port,
			speaks: speaksOf(name, port, protocol),
			weak: [],
		};
	});
	return listeners.sort((a, b) => a.port - b.port || (a.protocol < b.protocol ? -1 : 1));
}

const numberName = (port: number, protocol: DeclaredPort['protocol']): string =>
	protocol === 'tcp' ? `${port}` : `${port}_${protocol}`;

/** Whether a port without a name could be called so here. */
export const isListenerNumber = (name: string): boolean => /^\d+(_udp|_sctp)?$/.test(name);

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
