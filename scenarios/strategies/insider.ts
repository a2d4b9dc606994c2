import {orderActions, pivotOrder} from './order-actions.ts';
import {oneAttemptEach, type Strategy} from './strategy.ts';
import {worm} from './worm.ts';

/**
 * Somebody with valid secrets: as long as one of them may open something, a round is logins and nothing else, one a host, so
 * that nothing is swept, scanned or exploited before. What they leave it goes about as a worm does.
 */
export const insider: Strategy = {
	name: 'insider',
	choose(plan, knowledge, seed) {
		const pivots = pivotOrder(knowledge);
		const logins = (['abuse-deploy-server', 'reuse-ssh-key', 'reuse-password'] as const).flatMap(technique =>
			orderActions(plan(technique), seed, ({from}) => [pivots.get(from) ?? pivots.size]),
		);
		return logins.length > 0 ? oneAttemptEach(logins, knowledge) : worm.choose(plan, knowledge, seed);
	},
};
