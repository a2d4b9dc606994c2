import type {Technique} from '../../core/contracts/technique.ts';
import {performLogin, planLogins} from './login.ts';

/** A login with each key that a pivot handed over, at each open port that speaks ssh. */
export const reuseSshKey: Technique = {
	name: 'reuse-ssh-key',
	attack: {technique: 'T1021.004', tactic: 'TA0008', title: 'Remote Services: SSH'},
	describes: {
		wire: 'An ssh login with a private key that lay on a pivot, and a shell where the far end accepts it.',
		seen: 'A key that is valid, used from a machine it was not given to.',
	},
	plan: knowledge => planLogins(knowledge, 'reuse-ssh-key', 'ssh-key'),
	perform: performLogin,
};
