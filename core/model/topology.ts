// The resolved topology: every default filled in, every replica and address named. What a file says before that is
// `core/files/topology-schema.ts`; which links and names the lab gives it is `topologies/plan.ts`.
import type {Place} from './problem.ts';

export type Protocol = 'tcp' | 'udp' | 'icmp' | 'sctp';
export type Family = 4 | 6;
export type Speaks = 'tcp' | 'udp' | 'http' | 'ssh' | 'postgres' | 'redis' | 'mysql' | 'smb' | 'ldap' | 'dns' | 'kafka';
export type LabelMap = Readonly<Record<string, string>>;
/** What gives workloads their namespaces: the lab itself, or containers. */
export type Runtime = 'netns' | 'docker';

/** A file or folder of this machine that a container sees, read-only. */
export interface Volume {
	/** As the file has it: relative to the file's folder, or absolute. */
	readonly source: string;
	/** Absolute, in the container. */
	readonly target: string;
	readonly where: Place;
}

/** An image that Docker builds on this machine. */
export interface Build {
	/** Folder, as the file has it: relative to the file's folder. */
	readonly context: string;
	/** In that folder; null: `Dockerfile`. */
	readonly dockerfile: string | null;
	readonly args: LabelMap;
	/** The stage that is wanted; null: the last. */
	readonly target: string | null;
	readonly where: Place;
}

/** What is run in a container again and again to see whether it does well: without a shell; 0 is well. Seconds. */
export interface HealthCheck {
	readonly test: readonly string[];
	readonly interval: number;
	readonly timeout: number;
	readonly retries: number;
	/** So long after its start no failure counts. */
	readonly startPeriod: number;
}

/** A port of a workload and what speaks there. A range listens on its first, its last and a seeded sample. */
export interface Service {
	readonly name: string;
	readonly protocol: 'tcp' | 'udp' | 'sctp';
	/** More names of this port that rules may use: a pod's containers may give one port several. Left out where it has one. */
	readonly alsoNamed?: readonly string[];
	/** 1..65535; `lastPort` equals it unless the service is a range. */
	readonly port: number;
	readonly lastPort: number;
	readonly speaks: Speaks;
	/** Identifiers of its weaknesses; not empty means weak where a scenario assumes `weak: declared`. */
	readonly weak: readonly string[];
	/** 0..1: that an exploit of a weak service works at all, drawn once a run; left out: 1. */
	readonly works?: number;
}

/** One address of a workload, in text form (IPv6 compressed, lower case), and the segment it lies in. */
export interface Address {
	readonly family: Family;
	readonly address: string;
	/** Name of the segment, such as `app.prod`; null for a fixed address outside every network. */
	readonly segment: string | null;
	/** True where the source of an import names it; left out where it was chosen, and in native topologies. */
	readonly fixed?: true;
}

/** One thing that can be compromised. Replicas are workloads of one `kind`. */
export interface Workload {
	/** Unique: `web-1.prod`; without replicas `db.prod`; without environment `internet`. */
	readonly name: string;
	/** Replicas in one environment share it: `web.prod`. */
	readonly kind: string;
	/** As the file has it: `web`. */
	readonly base: string;
	readonly environment: string | null;
	/** With `env`, where there is an environment. */
	readonly labels: LabelMap;
	/** Kind of the Kubernetes object that owns it (`Deployment`; `Pod` where none does); left out outside Kubernetes. */
	readonly objectKind?: string;
	/** Kubernetes namespace, and that namespace's labels; null outside Kubernetes unless `namespace:` names one. */
	readonly namespace: string | null;
	readonly namespaceLabels: LabelMap;
	/** Never empty; the first of each family is the primary. A family may be missing (Kubernetes imports are IPv4 only). */
	readonly addresses: readonly Address[];
	/** Segments it lies in, `app.prod`; the names without environment (`app`) select too. */
	readonly segments: readonly string[];
	readonly services: readonly Service[];
	/** Ids of secrets (`Topology.secrets`) that an attacker finds inside. */
	readonly holds: readonly string[];
	/** Ids of the secrets that the metadata service of clouds gives to it; left out: it has none. */
	readonly metadata?: readonly string[];
	readonly jewel: boolean;
	/** Stands for the world beyond: no enforcer at host, not counted in W. */
	readonly outside: boolean;
	/** False: nothing can be enforced at its host. Outside hosts are never managed. */
	readonly managed: boolean;
	/** Added by an importer and not by the user (kube-dns): probed and enforced as any, but counted neither in W nor as known. */
	readonly assumed: boolean;
	/** What its hosts file and configuration name, as `kind` names: what an attacker inside can read. */
	readonly knows: readonly string[];
	/**
	 * Names of the domain name system under which others reach it beside its own, sorted: `carts`, `carts.sock-shop`; left
	 * out where there are none. A name that workloads of several kinds have means all of them.
	 */
	readonly aliases?: readonly string[];
	/** Real commands and images (later issues); null where there is none. */
	readonly run: readonly string[] | null;
	/** Its name; where it is built, the name that the file has beside the build, or the build's folder. */
	readonly image: string | null;
	/** Left out: the image has a name, and is here or pulled. */
	readonly build?: Build;
	/** Left out: the image's own; `none`: not even that. */
	readonly healthCheck?: HealthCheck | 'none';
	readonly command: readonly string[] | null;
	readonly variables: LabelMap;
	/** For the docker runtime; left out where there are none. */
	readonly volumes?: readonly Volume[];
	readonly where: Place;
}

/** One segment of a network: `app.prod`, cut from `app`. `prefixes` has at most one a family. */
export interface Segment {
	readonly name: string;
	readonly network: string;
	readonly prefixes: readonly {readonly family: Family; readonly cidr: string}[];
}

/** A flow that the business needs: source kind, service of a kind. */
export interface Dependency {
	readonly from: string;
	/** Kind of the far end; when it is not in the topology the dependency is dangling and `service` is null. */
	readonly to: string;
	/** Protocol and port of the service at the far end (after Kubernetes' targetPort). */
	readonly protocol: 'tcp' | 'udp' | 'sctp';
	readonly port: number;
	/** Name of the service, or null when the far end has none (dangling). */
	readonly service: string | null;
	readonly dangling: boolean;
	/** Broken means failed whatever a rehearsal expects. */
	readonly vital: boolean;
	readonly source: 'declared' | 'imported' | 'assumed' | 'learned';
	readonly where: Place;
}

/** A secret of one scope (an environment where the file says `per: [env]`): whoever holds it can log in where it opens. */
export interface Secret {
	/** `ops-ssh-key`, or with its scope `shop-db-password@prod`. */
	readonly id: string;
	readonly kind: 'ssh-key' | 'password';
	readonly user: string;
	/** Kind of the deploy server whose order key it is; left out for all others. */
	readonly ordersOf?: string;
	/** A password that was never changed and is the user's own name: everybody can guess it. */
	readonly wellKnown?: true;
	/** The services it opens: workload name, service name. */
	readonly opens: readonly {readonly workload: string; readonly service: string}[];
}

export interface Topology {
	readonly name: string;
	readonly environments: readonly string[];
	readonly segments: readonly Segment[];
	/** Sorted by name. */
	readonly workloads: readonly Workload[];
	/** Sorted by from, to, port; one for each (from, to, protocol, port). */
	readonly dependencies: readonly Dependency[];
	readonly secrets: readonly Secret[];
	/** Sentences that the reports print: what an importer assumed. */
	readonly assumptions: readonly string[];
	/** Weak where nothing is declared: imported topologies assume that whatever answers can be exploited. */
	readonly weakByDefault: 'declared' | 'all';
	/** The runtime that its file asks for; left out: netns. */
	readonly runtime?: Runtime;
	/** Policies found beside it (a folder of manifests): by file. Empty for native topologies. */
	readonly files: readonly string[];
}
