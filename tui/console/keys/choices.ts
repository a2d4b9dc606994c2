// What a chooser offers, in its order.
import type {ConsoleState} from '../state.ts';

export interface Choice {
	/** Null: what the scenario itself says. */
	readonly name: string | null;
	/** What stands behind it. */
	readonly note: string;
}

export type Chooser = Extract<ConsoleState['overlay'], {kind: 'choose'}>;

export function choices(state: ConsoleState, {what, scenario}: Chooser): readonly Choice[] {
	const {rehearsal, policy, fates} = state.world;
	switch (what) {
		case 'scenario':
			return rehearsal.scenarios.map(({name, strategy}) => ({name, note: strategy}));
		case 'candidate':
			return rehearsal.candidates.map(({name, stack, today}) => ({
				name,
				note: [
					stack.length === 0
						? 'no policy'
						: `${stack.reduce((sum, {guardrails, rules, baseline}) => sum + guardrails.length + rules.length + baseline.length, 0)} rules`,
					...(today ? ['today'] : []),
					...(name === policy.name ? [policy.observed ? 'observes now' : 'in force now'] : []),
				].join(' · '),
			}));
		case 'foothold': {
			const own = rehearsal.scenarios.find(({name}) => name === scenario)?.foothold != null;
			const {workloads} = rehearsal.topology;
			const isChosen = ({name, kind}: {readonly name: string; readonly kind: string}): boolean =>
				state.chosen !== null && (name === state.chosen || kind === state.chosen);
			const ordered = [...workloads.filter(isChosen), ...workloads.filter(one => !isChosen(one))];
			return [
				...(own ? [{name: null, note: ''}] : []),
				...ordered.map(one => ({
					name: one.name,
					note: [
						...(isChosen(one) ? ['chosen on the map'] : []),
						...(one.outside ? ['outside'] : []),
						...(fates.get(one.name)?.foothold === true ? ['foothold already'] : []),
					].join(' · '),
				})),
			];
		}
		default:
			return what satisfies never;
	}
}
