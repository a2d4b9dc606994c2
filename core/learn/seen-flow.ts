// A flow as a log has it, before anyone knows whose addresses they are.
import type {Place, Problem} from '../model/problem.ts';

/** One end, by whatever the log says of it. */
export interface SeenEnd {
	/** In the one text form; null where the log gives none. */
	readonly address: string | null;
	/** What it is called, the surest name first: `shop/web`, `web-7d9f-x2x`, a host name. */
	readonly names: readonly string[];
	/** `key=value`, where the log has labels. */
	readonly labels: readonly string[];
	readonly namespace: string | null;
	/** The log says that it is a pod, and that it has no labels. */
	readonly bare?: true;
	/** The log itself says that it is beyond the network. */
	readonly world: boolean;
}

export interface SeenFlow {
	readonly source: SeenEnd;
	readonly destination: SeenEnd;
	/** `tcp`, `udp`, `sctp`, `icmp`, else the log's word or number. */
	readonly protocol: string;
	/** Of the destination, 0 where there is none. */
	readonly port: number;
	/** Of the source; null where the log does not say, or has decided itself who asked and who answered. */
	readonly sourcePort: number | null;
	/** How often, at least 1. */
	readonly count: number;
	readonly verdict: 'allowed' | 'denied';
	readonly where: Place;
}

export interface FlowLog {
	readonly flows: readonly SeenFlow[];
	/** Lines that say nothing of a flow, and why. */
	readonly passed: readonly Problem[];
}

export const nobody: SeenEnd = {address: null, names: [], labels: [], namespace: null, world: false};

const numbered: Readonly<Record<string, string>> = {1: 'icmp', 6: 'tcp', 17: 'udp', 58: 'icmp', 132: 'sctp'};

/** `6`, `TCP` and `tcp` are tcp. Source: IANA Protocol Numbers. */
export const protocolWord = (text: string): string => {
	const word = text.trim().toLowerCase();
	return numbered[word] ?? (word.startsWith('icmp') ? 'icmp' : word);
};
