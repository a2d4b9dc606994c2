// What an importer found, before it has addresses: the input of `assemble`.
import type {Place} from '../model/problem.ts';
import type {Build, HealthCheck, LabelMap, Secret, Speaks, Volume} from '../model/topology.ts';

/** A port that something listens on. */
export interface Listener {
	readonly protocol: 'tcp' | 'udp' | 'sctp';
	readonly port: number;
	readonly lastPort: number;
	/** Null where its number must do. */
	readonly name: string | null;
	readonly speaks: Speaks | null;
}

export interface NetworkPart {
	/** Unique, a native name, and not `outside`. */
	readonly name: string;
	/** IPv4 range of the source; null where one is to be chosen. */
	readonly cidr: string | null;
	readonly where: Place;
}

export interface Attachment {
	readonly network: string;
	/** IPv4 address of the source; null where one is to be chosen. */
	readonly address: string | null;
	readonly where: Place;
}

/** One kind of workload. */
export interface MachinePart {
	/** Unique, a native name. */
	readonly name: string;
	readonly replicas: number;
	readonly labels: LabelMap;
	/** Empty only for an outside host. */
	readonly attachments: readonly Attachment[];
	readonly listeners: readonly Listener[];
	/** Ids of secrets. */
	readonly holds: readonly string[];
	readonly outside: boolean;
	readonly managed: boolean;
	/** Other names of it, as written. */
	readonly aliases: readonly string[];
	readonly image: string | null;
	readonly command: readonly string[] | null;
	readonly build?: Build;
	readonly volumes?: readonly Volume[];
	readonly healthCheck?: HealthCheck | 'none';
	readonly variables: LabelMap;
	readonly where: Place;
}

/** A dependency by names of machines; the far end may be none. `port` is 0 where nobody says which. */
export interface Need {
	readonly from: string;
	readonly to: string;
	readonly protocol: Listener['protocol'];
	readonly port: number;
	readonly source: 'imported' | 'assumed';
	readonly where: Place;
}

/** A secret whose openings are machines and ports, for services have no names yet. */
export interface SecretPart extends Omit<Secret, 'opens'> {
	readonly opens: readonly {readonly machine: string; readonly port: number}[];
}

export interface Parts {
	readonly name: string;
	readonly networks: readonly NetworkPart[];
	readonly machines: readonly MachinePart[];
	readonly needs: readonly Need[];
	readonly secrets: readonly SecretPart[];
	readonly assumptions: readonly string[];
	/** Where the file begins, for what is wrong with it as a whole. */
	readonly where: Place;
}

/** Who stands for everybody beyond what the file describes, but for a name and a place. */
export const world: Omit<MachinePart, 'name' | 'where'> = {
	replicas: 1,
	labels: {},
	attachments: [],
	listeners: [],
	holds: [],
	outside: true,
	managed: false,
	aliases: [],
	image: null,
	command: null,
	variables: {},
};
