// The control group: tracks connections, counts and logs what starts, and decides nothing.
import {fabricSite, type Ruleset} from '../../core/contracts/enforcer.ts';
import type {Workload} from '../../core/model/topology.ts';
import {noneRef} from '../../core/policy/rule-ref.ts';
import {renderTemplate} from '../templates/render-template.ts';
import {createCounters, inForceStatements} from './statements.ts';

/**
 * The table of a lab: the one name in a ruleset that is not generated here.
 *
 * @throws Error for a lab id that is not `[a-z0-9_]{1,40}`
 */
export function tableName(lab: string): string {
	if (!/^[a-z0-9_]{1,40}$/.test(lab)) throw new Error(`a lab's id is made of a-z, 0-9 and _: ${JSON.stringify(lab)}`);
	return `firebreak_${lab}`;
}

/** The table of a workload where nothing is enforced: without it connections would not be tracked from their start. */
export function compileNone(lab: string, workload: Workload): Ruleset {
	const counters = createCounters();
	const bases = (['egress', 'ingress'] as const).map(direction => ({
		hook: direction === 'egress' ? 'output' : 'input',
		interface: direction === 'egress' ? 'oif' : 'iif',
		statement: inForceStatements({place: 'host', direction}, counters, {allow: 'accept', deny: 'drop'}).decide(
			'allow',
			noneRef,
			null,
		),
	}));
	const table = tableName(lab);
	const text = renderTemplate('none.njk', {table, counters: counters.declared, bases});
	return {site: workload.name, place: 'host', judges: false, table, text, resets: []};
}

/**
 * The fabric's table where nothing is enforced there: it tracks connections, so that rules that come later know those that
 * were open before, and neither logs nor decides.
 */
export const compileFarNone = (lab: string): Ruleset => {
	const table = tableName(lab);
	return {
		site: fabricSite,
		place: 'fabric',
		judges: false,
		table,
		text: renderTemplate('far-none.njk', {table}),
		resets: [],
	};
};
