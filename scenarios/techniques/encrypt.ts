import type {Technique} from '../../core/contracts/technique.ts';
import {learned} from './learned.ts';
import {onEachPivot} from './targets.ts';

/** Marks each pivot as lost. Strategies leave it for last; it needs no wire and changes nothing in who fell. */
export const encrypt: Technique = {
	name: 'encrypt',
	attack: {technique: 'T1486', tactic: 'TA0040', title: 'Data Encrypted for Impact'},
	describes: {
		wire: 'Nothing: the workload is only marked as lost.',
		seen: 'Many files of one machine change within a minute.',
	},
	plan: knowledge => onEachPivot('encrypt', knowledge),
	perform: async ({to}) => learned({result: 'success', detail: `${to} encrypted`, lost: to}),
};
