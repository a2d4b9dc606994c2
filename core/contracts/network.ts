// What the adversary acts on: packets in the lab, the policy evaluator in the model. It is given this and its own
// knowledge, and nothing else.
import type {Protocol} from '../model/topology.ts';

/** A flow as an attacker can name it: one of its pivots by hostname, and an address. `action` is the action's number in the run. */
export interface Attempt {
	readonly action: number;
	/** Hostname of a workload it has compromised (the foothold is one). */
	readonly from: string;
	readonly to: string;
	readonly protocol: Protocol;
	/** 1..65535, 0 for icmp echo. */
	readonly port: number;
}

/** `open`: something accepted; `closed`: the host answered that nothing listens; `silent`: nothing came back; `no-host`: the network said that there is no such host. */
export type Answer = 'open' | 'closed' | 'silent' | 'no-host';

/** A secret as an attacker holds it: what it needs to log in, and no list of where. `material` is the password or the private key (OpenSSH PEM); in the model, any text equal for equal secrets. */
export interface FoundSecret {
	readonly id: string;
	readonly kind: 'ssh-key' | 'password';
	readonly user: string;
	readonly material: string;
	/** Protocols it is for, read from where it lay (a key file is for ssh, a connection string for its scheme). */
	readonly speaks: readonly string[];
}

/** What a workload's own files and kernel tell whoever is inside it. */
export interface HostView {
	readonly hostname: string;
	readonly addresses: readonly string[];
	/** Prefixes it has a link-scope or gateway route for, its own segments: `198.18.0.0/22`. */
	readonly subnets: readonly string[];
	/** Its hosts file: names it can resolve. */
	readonly hosts: readonly {readonly name: string; readonly address: string}[];
	/** Its configuration: the far ends that it is set up to use. */
	readonly peers: readonly {
		readonly name: string;
		readonly address: string;
		readonly protocol: 'tcp' | 'udp' | 'sctp';
		readonly port: number;
		readonly speaks: string | null;
	}[];
	readonly secrets: readonly FoundSecret[];
	/** Of a deploy server: the machines that take its orders, and the id of the secret by which they do. */
	readonly orders?: {
		readonly secret: string;
		readonly hosts: readonly {readonly name: string; readonly address: string; readonly port: number}[];
	};
}

/** How a pivot was entered, so that it can be entered again. */
export type Way =
	| {readonly kind: 'exploit'}
	| {readonly kind: 'login'; readonly speaks: 'ssh'; readonly secret: FoundSecret};

/**
 * One conversation over a flow. `exploit`: the marked request of LANGUAGE.md, answered by a weak service with a shell.
 * `metadata`: HTTP to the metadata service of clouds. `order`: an order of a deploy server, by ssh with its order key.
 * `transfer`: a file into a host already entered, whose far end says the file's hash.
 */
export type Exchange =
	| {readonly kind: 'exploit'}
	| {readonly kind: 'login'; readonly speaks: string; readonly secret: FoundSecret}
	| {readonly kind: 'metadata'}
	| {readonly kind: 'order'; readonly secret: FoundSecret}
	| {readonly kind: 'transfer'; readonly way: Way; readonly bytes: number};

/**
 * `refused`: the far end answered and said no, with `logins: 'none'` where it does not even ask for a login by that
 * protocol; `shell`: code runs there and this is what it sees; `session`: logged in to a service without a shell;
 * `secrets`: handed over without either; `carried`: so many bytes arrived.
 */
export type Reply =
	| {readonly kind: 'shell'; readonly host: HostView}
	| {readonly kind: 'session'; readonly hostname: string | null}
	| {readonly kind: 'secrets'; readonly secrets: readonly FoundSecret[]}
	| {readonly kind: 'carried'; readonly bytes: number}
	| {readonly kind: 'refused'; readonly logins?: 'none'}
	| {readonly kind: 'unanswered'; readonly answer: Answer};

export interface Network {
	reach(attempt: Attempt): Promise<Answer>;
	/** Many at once: the same answers in the order of the attempts; the lab sends them side by side. */
	sweep(attempts: readonly Attempt[]): Promise<readonly Answer[]>;
	talk(attempt: Attempt, exchange: Exchange): Promise<Reply>;
}
