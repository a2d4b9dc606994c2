import type {PlannedAction} from '../../core/contracts/technique.ts';
import type {TechniqueName} from '../../core/model/scenario.ts';
import {orderActions, pivotOrder} from './order-actions.ts';
import {oneAttemptEach, type Strategy} from './strategy.ts';

const stages: readonly TechniqueName[] = [
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

/**
 * Everything, everywhere, breadth first: a round is all that can be tried now, of which one attempt a host at what would
 * compromise it, those that give a shell first. Encrypting waits until nothing else is left.
 */
export const worm: Strategy = {
	name: 'worm',
	choose(plan, knowledge, seed) {
		const pivots = pivotOrder(knowledge);
		const order = (actions: readonly PlannedAction[]): readonly PlannedAction[] =>
			orderActions(actions, seed, ({from}) => [pivots.get(from) ?? pivots.size]);
		const spreading = stages.flatMap(technique => order(plan(technique)));
		return spreading.length === 0 ? order(plan('encrypt')) : oneAttemptEach(spreading, knowledge);
	},
};
