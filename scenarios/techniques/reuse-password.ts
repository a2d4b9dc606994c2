import type {Technique} from '../../core/contracts/technique.ts';
import {performLogin, planLogins} from './login.ts';

/** A login with each password that a pivot handed over, at each open port that speaks what the password is for. */
export const reusePassword: Technique = {
	name: 'reuse-password',
	attack: {technique: 'T1078', tactic: 'TA0008', title: 'Valid Accounts'},
	describes: {
		wire: 'A login by the protocol of the service, with a user and password that lay on a pivot.',
		seen: 'An account that is valid, used from a machine that does not use it otherwise.',
	},
	plan: knowledge => planLogins(knowledge, 'reuse-password', 'password'),
	perform: performLogin,
};
