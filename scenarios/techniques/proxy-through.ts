import type {Technique} from '../../core/contracts/technique.ts';
import {doorOf, isOpenTo, performRelayed, planRelayed} from './relay.ts';

/** A try at a host that one pivot may not reach, through another pivot that it may enter again. */
export const proxyThrough: Technique = {
	name: 'proxy-through',
	attack: {technique: 'T1090.001', tactic: 'TA0011', title: 'Proxy: Internal Proxy'},
	describes: {
		wire: 'A login or exploit at a third host, spoken through a connection that a pivot makes when it is asked inside the conversation by which it was entered.',
		seen: 'A machine opens a connection while another one holds a conversation with it, and both end together.',
		cleanup: 'Both connections end with the action.',
	},
	plan: knowledge =>
		planRelayed(knowledge, 'proxy-through', ({hostname}, relay) =>
			doorOf(knowledge, relay.hostname).filter(door => isOpenTo(knowledge, hostname, door)),
		),
	perform: performRelayed,
};
