import type {PlannedAction} from '../../core/contracts/technique.ts';
import type {TechniqueName} from '../../core/model/scenario.ts';
import {orderActions, pivotOrder} from './order-actions.ts';
import {oneAttemptEach, type Strategy} from './strategy.ts';

const stages: readonly TechniqueName[] = [
	'ride-established',
	'discover-hosts',
	'discover-services',
	'read-metadata',
	'exploit-service',
	'abuse-deploy-server',
	'reuse-ssh-key',
	'reuse-password',
	'spray-passwords',
	'transfer-tool',
];

/** Before anything else on a pivot: what it sees afterwards is not what its own rules let it see. */
const first: TechniqueName = 'tamper-enforcer';

/** What is left for when nothing else is, one after the other: ways round, what nobody falls by, and what an attacker does with what it has. */
const late: readonly (readonly TechniqueName[])[] = [
	['ipv6-detour'],
	['source-port'],
	['cross-networks', 'proxy-through', 'tunnel'],
	['spoof-source', 'fragment', 'arp-poison'],
	['dns-channel', 'exfiltrate'],
	['encrypt'],
];

/**
 * Everything, everywhere, breadth first: a round is all that can be tried now, of which one attempt a host at what would
 * compromise it, those that give a shell first. Ways round wait until nothing
 * else is left, then what leaves the network, then encrypting.
 */
export const worm: Strategy = {
	name: 'worm',
	choose(plan, knowledge, seed) {
		const pivots = pivotOrder(knowledge);
		const order = (actions: readonly PlannedAction[]): readonly PlannedAction[] =>
			orderActions(actions, seed, ({from}) => [pivots.get(from) ?? pivots.size]);
		const tampering = order(plan(first));
		if (tampering.length > 0) return tampering;
		for (const techniques of [stages, ...late]) {
			const actions = techniques.flatMap(technique => order(plan(technique)));
			if (actions.length > 0) return oneAttemptEach(actions, knowledge);
		}
		return [];
	},
};
