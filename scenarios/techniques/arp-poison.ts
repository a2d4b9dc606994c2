import {isIPv4, isSwept, sweepPrefix} from '../../core/attack/sweep-addresses.ts';
import type {HostView} from '../../core/contracts/network.ts';
import type {Knowledge, KnownHost, Technique} from '../../core/contracts/technique.ts';
import {learned} from './learned.ts';
import {sortActions} from './targets.ts';

/**
 * Forged answers between one other host of the pivot's own segment and their gateway. In this fabric nobody shares a
 * segment: they are really sent, and nobody's table of neighbours changes.
 */
export const arpPoison: Technique = {
	name: 'arp-poison',
	attack: {technique: 'T1557.002', tactic: 'TA0006', title: 'Adversary-in-the-Middle: ARP Cache Poisoning'},
	describes: {
		wire: 'Two ARP answers that nobody asked for: the pivot claims to be the gateway, and to be another host of its segment.',
		seen: 'Two addresses at one hardware address, and answers without questions.',
	},
	plan: knowledge =>
		sortActions(
			knowledge.pivots.flatMap(pivot => {
				const key = `arp-poison ${pivot.hostname}`;
				const victim = victimOf(knowledge, pivot);
				if (victim === undefined || knowledge.done.has(key)) return [];
				const {name: to, address} = victim;
				const rest = {protocol: null, port: null, secret: null, speaks: null};
				return [{key, technique: 'arp-poison' as const, from: pivot.hostname, to, address, ...rest}];
			}),
		),
	async perform({from, to, address}, number, network) {
		if (address === null) throw new Error('a victim has an address');
		const attempt = {action: number, from, to: address, protocol: 'tcp', port: 0} as const;
		switch (await network.raw(attempt, {kind: 'forged-arp'})) {
			case 'arrived':
				return learned({result: 'success', detail: `${to} or its gateway believed the answer`});
			case 'unseen':
				return learned({
					result: 'not-applicable',
					detail: 'there is no shared segment: no table of neighbours changed',
				});
			default:
				return learned({result: 'inconclusive', detail: 'the answers could not be sent'});
		}
	},
};

/** The first other host by address in a prefix of the pivot's own. */
function victimOf({hosts, swept}: Knowledge, {hostname, subnets, addresses}: HostView): KnownHost | undefined {
	const prefixes = subnets.flatMap(cidr => sweepPrefix(cidr, addresses) ?? []);
	return [...hosts.values()]
		.filter(({name, address}) => name !== hostname && isIPv4(address) && swept.get(address) !== 'absent')
		.filter(({address}) => prefixes.some(prefix => isSwept(prefix, address)))
		.sort((a, b) => (a.address < b.address ? -1 : 1))[0];
}
