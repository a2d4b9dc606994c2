import type {Knowledge, PlannedAction} from '../../core/contracts/technique.ts';
import type {TechniqueName} from '../../core/model/scenario.ts';
import {orderActions, pivotOrder} from './order-actions.ts';
import {isCompromising, type Plan, type Strategy, waysIn} from './strategy.ts';

/** Best first. On a goal host every way in comes before a look at it, and both before anything elsewhere. */
const classes: readonly TechniqueName[] = [
	'read-metadata',
	...waysIn,
	'discover-services',
	'discover-hosts',
	'transfer-tool',
	'encrypt',
];

/**
 * Towards the goal with as little noise as it can: a round is the best class of action there is, from the newest pivot
 * that has one. Of what would compromise a host it does one action a round, so that it stops the moment it has won.
 */
export const targeted: Strategy = {
	name: 'targeted',
	choose(plan, knowledge, seed) {
		const best = bestClass(plan, knowledge);
		const pivots = pivotOrder(knowledge);
		const ordered = orderActions(best, seed, ({from}) => [-(pivots.get(from) ?? 0)]);
		const [first] = ordered;
		if (first === undefined || isCompromising(first)) return ordered.slice(0, 1);
		return ordered.filter(({from}) => from === first.from);
	},
};

/** Plans are asked for as late as can be: looking for services everywhere is much to plan, and seldom the best. */
function bestClass(plan: Plan, knowledge: Knowledge): readonly PlannedAction[] {
	const atGoal = goalIsKnown(knowledge) ? [waysIn, ['discover-services'] as const] : [];
	for (const techniques of atGoal) {
		const actions = techniques.flatMap(plan).filter(({to}) => knowledge.goals.has(to));
		if (actions.length > 0) return actions;
	}
	for (const technique of classes) {
		const actions = plan(technique);
		if (actions.length > 0) return actions;
	}
	return [];
}

const goalIsKnown = ({goals, lost, hosts}: Knowledge): boolean =>
	goals.size > 0 && [...hosts.values()].some(({name}) => goals.has(name) && !lost.has(name));
