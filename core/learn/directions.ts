// Who asked and who answered, where a log has packets of both directions and does not say. A record whose source port is
// more of a server's than its destination port is an answer: it is turned round.
import {knownPorts} from '../attack/known-ports.ts';
import type {SeenFlow} from './seen-flow.ts';

export interface Directed {
	readonly flows: readonly SeenFlow[];
	/** Records of answers, turned round. */
	readonly answers: number;
	/** Records of which neither port is more of a server's: who asked is a guess. */
	readonly guessed: readonly SeenFlow[];
}

/**
 * A server's port is, in this order: one that a service is known at, one below 1024, one that more ports were seen with
 * from the other side (a server answers many), one below 32768, where clients are not given ports.
 *
 * @param isService - whether the topology has a service at a port of an address
 */
export function directions(
	flows: readonly SeenFlow[],
	isService: (address: string, protocol: string, port: number) => boolean,
): Directed {
	const far = new Map<string, Set<string>>();
	const meet = (own: string, other: string): unknown => (far.get(own) ?? far.set(own, new Set()).get(own)!).add(other);
	const sides = ({source, destination, sourcePort, port, protocol}: SeenFlow): [string, string] => [
		`${source.address} ${protocol} ${sourcePort}`,
		`${destination.address} ${protocol} ${port}`,
	];
	for (const flow of flows) {
		if (flow.sourcePort === null) continue;
		const [source, destination] = sides(flow);
		meet(source, destination);
		meet(destination, source);
	}
	const rank = (address: string | null, protocol: string, port: number, side: string): readonly number[] => [
		address !== null && isService(address, protocol, port) ? 1 : 0,
		knownPorts.has(`${port}/${protocol}`) ? 1 : 0,
		port < 1024 ? 1 : 0,
		Math.min(far.get(side)?.size ?? 0, 1000),
		port < 32_768 ? 1 : 0,
	];
	let answers = 0;
	const guessed: SeenFlow[] = [];
	const directed = flows.map(flow => {
		const {source, destination, sourcePort, port, protocol} = flow;
		if (sourcePort === null || port === 0) return flow;
		const [own, other] = sides(flow);
		const [left, right] = [
			rank(source.address, protocol, sourcePort, own),
			rank(destination.address, protocol, port, other),
		];
		const at = left.findIndex((value, index) => value !== right[index]);
		if (at === -1) guessed.push(flow);
		if (at === -1 || left[at]! < right[at]!) return flow;
		answers++;
		return {...flow, source: destination, destination: source, port: sourcePort, sourcePort: port};
	});
	return {flows: directed, answers, guessed};
}
