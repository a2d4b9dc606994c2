import {isIPv4} from '../../core/attack/sweep-addresses.ts';
import type {Technique} from '../../core/contracts/technique.ts';
import {hasUntried, scanAction, scanPorts} from './scan-ports.ts';
import {openTargets, sortActions} from './targets.ts';

/**
 * The ports worth trying once more, at the IPv6 addresses of hosts that are known by IPv4 too. What is open there the other
 * techniques then go in by.
 */
export const ipv6Detour: Technique = {
	name: 'ipv6-detour',
	attack: {technique: 'T1599', tactic: 'TA0005', title: 'Network Boundary Bridging'},
	describes: {
		wire: 'TCP connects and UDP datagrams over IPv6 to hosts that were tried over IPv4.',
		seen: 'A machine that talks IPv4 to its neighbours suddenly tries their IPv6 addresses.',
	},
	plan(knowledge) {
		const targets = openTargets(knowledge);
		const withIPv4 = new Set(
			[...knowledge.hosts.values()].filter(({address}) => isIPv4(address)).map(({name}) => name),
		);
		const pivots = knowledge.pivots.filter(({addresses}) => addresses.some(isIPv4) && !addresses.every(isIPv4));
		return sortActions(
			targets
				.filter(({address, name}) => !isIPv4(address) && withIPv4.has(name))
				.flatMap(({address, name}) =>
					pivots
						.filter(({hostname}) => hasUntried(knowledge, hostname, address))
						.map(({hostname}) => scanAction(knowledge, 'ipv6-detour', {from: hostname, to: name, address})),
				),
		);
	},
	async perform(action, number, network, knowledge) {
		const found = await scanPorts(action, number, network, knowledge);
		return {...found, detail: `${found.detail} over IPv6`};
	},
};
