import type {Technique} from '../../core/contracts/technique.ts';
import {learned} from './learned.ts';
import {onEachPivot} from './targets.ts';

/** Root of each pivot takes the rules of its own namespace away: from then on nobody judges its ends at `host`. */
export const tamperEnforcer: Technique = {
	name: 'tamper-enforcer',
	attack: {technique: 'T1562.004', tactic: 'TA0005', title: 'Impair Defenses: Disable or Modify System Firewall'},
	describes: {
		wire: 'Nothing: root of a pivot runs `nft flush ruleset` in its own namespace.',
		seen: 'Rules that are gone, and a machine whose firewall logs nothing any more.',
		cleanup: 'The rules are loaded again before the next attack, and by every apply and reset.',
	},
	plan: knowledge => onEachPivot('tamper-enforcer', knowledge),
	async perform({from}, number, network) {
		const tampered = await network.tamper(from, number);
		switch (tampered.kind) {
			case 'gone':
				return learned({result: 'success', detail: `the rules of ${from} are gone`});
			case 'refused':
				return learned({result: 'failure', detail: `refused: ${tampered.reason}`});
			case 'nothing-there':
				return learned({result: 'nothing', detail: 'there are no rules'});
			default:
				return tampered satisfies never;
		}
	},
};
