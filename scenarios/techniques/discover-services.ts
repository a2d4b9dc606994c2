import type {Technique} from '../../core/contracts/technique.ts';
import {hasUntried, scanAction, scanPorts} from './scan-ports.ts';
import {openTargets, sortActions, usableAddresses} from './targets.ts';

/**
 * The ports worth trying, from each pivot at each known host that it has no shell on. One action a host; when a
 * configuration names a new port later, one more for what is new.
 */
export const discoverServices: Technique = {
	name: 'discover-services',
	attack: {technique: 'T1046', tactic: 'TA0007', title: 'Network Service Discovery'},
	describes: {
		wire: 'TCP connects and UDP datagrams from a pivot to some forty ports of one host.',
		seen: 'One source tries many ports of one destination within a second.',
	},
	plan(knowledge) {
		const {swept, pivots} = knowledge;
		const isUsable = usableAddresses(knowledge);
		const targets = openTargets(knowledge).filter(({address}) => swept.get(address) !== 'absent');
		return sortActions(
			targets.flatMap(({address, name}) =>
				pivots
					.filter(({hostname}) => isUsable(hostname, {address, name}))
					.filter(({hostname}) => hasUntried(knowledge, hostname, address))
					.map(({hostname}) => scanAction(knowledge, 'discover-services', {from: hostname, to: name, address})),
			),
		);
	},
	perform: scanPorts,
};
