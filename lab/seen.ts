// Who talks to whom on a lab that stays: the ledger of its logs, with what its kernels track beside.

import type {InForce} from '../core/contracts/in-force.ts';
import type {PacketEnd, PacketEvent} from '../core/contracts/watch-event.ts';
import type {SeenFlows} from '../core/flows/flow-row.ts';
import {createLedger} from '../core/flows/ledger.ts';
import type {Stack} from '../core/model/policy.ts';
import {ruleById} from '../core/policy/rule-index.ts';
import {accounting} from '../kernel/conntrack.ts';
import {withNetns} from '../kernel/netns.ts';
import {trySysctls} from '../kernel/sysctl.ts';
import {pendingKey} from '../scenarios/wire/pending.ts';
import type {EngineLab} from './engine-lab.ts';
import {withOpen} from './open-connections.ts';

export interface Seen {
	/** What is in force from now on. */
	under(name: string, stack: Stack): void;
	hear(event: PacketEvent, sourcePort: number): void;
	/** The kernel dropped logs of that workload. */
	lose(site: string): void;
	flows(): Promise<SeenFlows>;
	/** Attempts of traffic that each rule in force decided. */
	ofTraffic(): Readonly<Record<string, number>>;
	reset(): void;
}

/** Has the kernels of all workloads count packets and bytes of connections from now on. */
export function createSeen(
	{runtime: {sites}, prober}: Pick<EngineLab, 'runtime' | 'prober'>,
	named: (address: string) => PacketEnd,
	{name: first, stack}: InForce,
): Seen {
	for (const {netns} of sites) withNetns(netns, () => trySysctls(accounting));
	const ledger = createLedger(Date.now());
	ledger.under(first, ruleById(stack));
	const lostAt = new Set<string>();
	return {
		under: (name, now) => ledger.under(name, ruleById(now)),
		hear({log, source, destination, family, protocol, port}, sourcePort) {
			ledger.hear({log, source, destination, sourcePort, family, protocol, port, at: Date.now()});
		},
		lose(site) {
			lostAt.add(site);
			ledger.lose();
		},
		async flows() {
			const seen = ledger.seen();
			const talkers = new Set(seen.rows.map(({source}) => source.workload));
			const order = ({workload: {name}}: (typeof sites)[number]): number =>
				lostAt.has(name) ? 0 : talkers.has(name) ? 1 : 2;
			const {rows, unasked} = await withOpen(seen.rows, {
				sites: sites.toSorted((a, b) => order(a) - order(b)),
				named,
				now: Date.now(),
				isOwn({protocol, source, destination}) {
					const key = pendingKey(protocol, source);
					const pending = prober.pending.get(key);
					return (
						prober.sent(key, destination) ||
						(pending !== undefined && pending.destinationKey === destination && pending.purpose !== 'business')
					);
				},
			});
			return {...seen, rows, unasked};
		},
		ofTraffic: () => Object.fromEntries(ledger.hits),
		reset() {
			lostAt.clear();
			ledger.reset(Date.now());
		},
	};
}
