import {liesIn} from '../../core/attack/subnets.ts';
import type {HostView} from '../../core/contracts/network.ts';
import type {Knowledge, Technique} from '../../core/contracts/technique.ts';
import {type Door, type DoorsTo, doorOf, isOpenTo, performRelayed, planRelayed} from './relay.ts';

/**
 * Through a pivot with addresses in two segments: in at the one that it shares with its controller, on to a host of the
 * other. What stands between the segments sees neither connection.
 */
export const crossNetworks: Technique = {
	name: 'cross-networks',
	attack: {technique: 'T1599', tactic: 'TA0005', title: 'Network Boundary Bridging'},
	describes: {
		wire: 'A connection to a pivot at its address in the own segment, and one that it makes from its address in another, with a login or exploit spoken through both.',
		seen: 'A machine with addresses in two segments talks in both at once; nothing passes the gateway between them.',
		cleanup: 'Both connections end with the action.',
	},
	plan: knowledge => planRelayed(knowledge, 'cross-networks', doorsAcross(knowledge)),
	perform: performRelayed,
};

/** A door at one address of a workload is one at each of its addresses, unless it was tried there and did not answer. */
const doorsAcross =
	(knowledge: Knowledge): DoorsTo =>
	(controller, relay, target) => {
		if (isIn(controller, target) || !isIn(relay, target)) return [];
		const near = relay.addresses.filter(address => isIn(controller, address));
		const known = doorOf(knowledge, relay.hostname);
		const doors = near.flatMap(address => known.map(({port, way}): Door => ({address, port, way})));
		const isTried = ({address}: Door): boolean => knowledge.scanned.get(controller.hostname)?.has(address) ?? false;
		return doors.filter(door => isOpenTo(knowledge, controller.hostname, door) || !isTried(door));
	};

const isIn = ({subnets}: HostView, address: string): boolean => subnets.some(subnet => liesIn(address, subnet));
