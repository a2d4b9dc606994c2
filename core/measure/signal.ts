import type {AttackRun} from '../contracts/attack-run.ts';
import type {Evidence} from '../contracts/evidence.ts';
import type {Containment} from '../contracts/report.ts';
import {denyingRule} from './rule-text.ts';

export type Signal = Pick<Containment, 'noise' | 'deniedAttempts' | 'firstDeniedAction'>;

/** What a defender could have seen: the attacker's packets that were logged, those that a rule denied, and the first action with one. */
export function signal(run: AttackRun): Signal {
	const denied = run.evidence
		.map(({action, evidence}) => ({action, count: evidence.filter(each => denyingRule(each) !== null).length}))
		.filter(({count}) => count > 0);
	return {
		noise: run.evidence.reduce((sum, {evidence}) => sum + evidence.filter(isLogged).length, 0),
		deniedAttempts: denied.reduce((sum, {count}) => sum + count, 0),
		firstDeniedAction: denied.length === 0 ? null : Math.min(...denied.map(({action}) => action)),
	};
}

/** The fabric logs what is for nobody, and who reads that first does not wait for the sender's log. */
const isLogged = ({logs, flow}: Evidence): boolean => logs.length > 0 || flow.destination.workload === null;
