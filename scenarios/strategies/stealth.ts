import type {Knowledge, PlannedAction} from '../../core/contracts/technique.ts';
import type {TechniqueName} from '../../core/model/scenario.ts';
import {orderActions, pivotOrder} from './order-actions.ts';
import type {Strategy} from './strategy.ts';

/**
 * Quietest first: what lies beside a pivot, then valid secrets, then exploits; many failed logins, a look at forty ports and
 * echoes to everybody in a hosts file come last.
 */
const classes: readonly TechniqueName[] = [
	'read-metadata',
	'abuse-deploy-server',
	'reuse-ssh-key',
	'reuse-password',
	'exploit-service',
	'transfer-tool',
	'discover-services',
	'discover-hosts',
	'spray-passwords',
	'encrypt',
];

/**
 * Few, slow and quiet actions: one a round, of the quietest kind there is, and of that kind first what a pivot's own
 * configuration says it uses, since nobody wonders at it. It never sweeps a subnet.
 */
export const stealth: Strategy = {
	name: 'stealth',
	choose(plan, knowledge, seed) {
		const pivots = pivotOrder(knowledge);
		const configured = configuredFlows(knowledge);
		for (const technique of classes) {
			const quiet = plan(technique).filter(action => !isSubnet(action));
			const [first] = orderActions(quiet, seed, action => [
				configured.has(flowOf(action)) ? 0 : 1,
				pivots.get(action.from) ?? pivots.size,
			]);
			if (first !== undefined) return [first];
		}
		return [];
	},
};

/** A prefix is aimed at by nothing but a sweep of it. */
const isSubnet = ({technique, to}: PlannedAction): boolean => technique === 'discover-hosts' && to.includes('/');

const flowOf = ({from, address, port, protocol}: PlannedAction): string => `${from} ${address} ${port}/${protocol}`;

const configuredFlows = ({pivots}: Knowledge): ReadonlySet<string> =>
	new Set(
		pivots.flatMap(({hostname, peers}) =>
			peers.map(({address, port, protocol}) => `${hostname} ${address} ${port}/${protocol}`),
		),
	);
