// A technique is one value: what it is called, what it plans from what is known, and what it does on the wire.

import type {TechniqueName} from '../model/scenario.ts';
import type {ActionResult} from './event.ts';
import type {Answer, FoundSecret, HostView, Network, Way} from './network.ts';

/** What the attacker believes of one address. */
export interface KnownHost {
	readonly address: string;
	/** Best name known for it, else the address. */
	readonly name: string;
	/** Ports found open, as `5432/tcp`, with the pivots that can reach them. */
	readonly open: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Everything the attacker knows; it grows only by what replies said. */
export interface Knowledge {
	/** Compromised hosts with a shell, in the order of their fall. */
	readonly pivots: readonly HostView[];
	/** Hostnames lost (pivots and sessions). */
	readonly lost: ReadonlySet<string>;
	readonly hosts: ReadonlyMap<string, KnownHost>;
	readonly secrets: ReadonlyMap<string, FoundSecret>;
	/** Keys of actions already done, so that nothing is tried twice in vain. */
	readonly done: ReadonlySet<string>;
	/** Names the attacker was told to get (targeted); empty for a worm. */
	readonly goals: ReadonlySet<string>;
	/** Ports worth trying on any host, `5432/tcp`: the well-known ones, then those that configurations named, in the order met. Only ever appended to. */
	readonly ports: readonly string[];
	/** How many of `ports` were tried, by pivot and then by address. */
	readonly scanned: ReadonlyMap<string, ReadonlyMap<string, number>>;
	/** What sweeps said of addresses: somebody answered, or the network said that nobody is there. Silence says nothing. */
	readonly swept: ReadonlyMap<string, 'seen' | 'absent'>;
	/** How each pivot but the foothold was entered, by its hostname. */
	readonly entries: ReadonlyMap<string, Entry>;
}

/** The way into a pivot, and the flow that it was taken by. */
export interface Entry {
	readonly way: Way;
	/** Hostname of the pivot that took it. */
	readonly from: string;
	readonly address: string;
	readonly protocol: 'tcp' | 'udp';
	readonly port: number;
}

/** One technique aimed at one target from one pivot. `key` is unique for what would be tried. */
export interface PlannedAction {
	readonly key: string;
	readonly technique: TechniqueName;
	readonly from: string;
	readonly to: string;
	readonly address: string | null;
	readonly protocol: 'tcp' | 'udp' | 'icmp' | null;
	readonly port: number | null;
	readonly secret: FoundSecret | null;
	/** Protocol to log in by; null for what does not log in. */
	readonly speaks: string | null;
	/** How its target was entered before; left out by what does not go back. */
	readonly way?: Way;
}

/** What an action taught; the adversary folds it into the knowledge in the plan's order. */
export interface Learned {
	readonly result: ActionResult;
	readonly detail: string;
	readonly probes: number;
	readonly answers: Readonly<Partial<Record<Answer, number>>>;
	/** Hosts that answered, by address. */
	readonly hosts: readonly string[];
	/** Addresses that the network said nobody owns. */
	readonly absent: readonly string[];
	/** How many of `Knowledge.ports` have now been tried from this pivot at this address; null for what scans no ports. */
	readonly scanned: number | null;
	/** Keys that the answer settles for every pivot (a service that refused an exploit refuses the next one too). */
	readonly settled: readonly string[];
	/** Ports that answered, by address. */
	readonly open: readonly {readonly address: string; readonly port: string}[];
	readonly shell: HostView | null;
	/** Hostname of a workload lost without a shell (session, encrypt). */
	readonly lost: string | null;
	/** Secrets that were handed over without a shell. */
	readonly secrets?: readonly FoundSecret[];
	/** How the shell can be had again. */
	readonly way?: Way;
}

export interface Technique {
	readonly name: TechniqueName;
	/** ATT&CK technique id and tactic; `–` where there is none. */
	readonly attack: {readonly technique: string; readonly tactic: string; readonly title: string};
	/**
	 * What goes over the wire, how a defender sees it, and what it leaves and how the lab takes that back (left out:
	 * nothing): one sentence each, printed in the reference.
	 */
	readonly describes: {readonly wire: string; readonly seen: string; readonly cleanup?: string};
	/** Pure and sorted: what could be tried now, without what is in `done`. */
	plan(knowledge: Knowledge): readonly PlannedAction[];
	/** Does it. `number` goes into each `Attempt.action`. */
	perform(action: PlannedAction, number: number, network: Network, knowledge: Knowledge): Promise<Learned>;
}
