// A small world for the tests of the console: `after([started('wiki.dev'), acted({…})])`.
import type {ActionRecord} from '../../../core/contracts/event.ts';
import type {Evidence} from '../../../core/contracts/evidence.ts';
import type {WatchEvent} from '../../../core/contracts/watch-event.ts';
import type {Stack} from '../../../core/model/policy.ts';
import type {Rehearsal} from '../../../core/model/rehearsal.ts';
import {begin} from '../../../tui/console/world/begin.ts';
import {fold} from '../../../tui/console/world/fold.ts';
import type {World} from '../../../tui/console/world/world.ts';
import {candidate, need, needing} from '../../builders/measuring.ts';
import {allow, policies} from '../../builders/policy.ts';
import {topology} from '../../builders/topology.ts';

export const strict: Stack = policies({name: 'strict', rules: [allow('web calls db', {to: {workload: 'db.prod'}})]});

export const someRehearsal: Rehearsal = {
	name: 'some',
	folder: '/rehearsals/some',
	topology: needing(
		topology({
			'web-1.prod': {},
			'web-2.prod': {},
			'db.prod': {services: ['postgres:5432'], jewel: true},
			'wiki.dev': {services: ['http:80']},
			internet: {outside: true},
		}),
		[need('web.prod -> db.prod:5432'), need('wiki.dev -> db.prod:5432', {source: 'assumed'})],
	),
	candidates: [candidate('flat'), {...candidate('strict'), stack: strict}],
	scenarios: [],
	expectations: [],
	flows: [],
	accepted: [],
	inputs: [],
};

export const inForce = (name: string, stack: Stack = []) =>
	({name, stack, placement: 'host', observed: false}) as const;

export const atFirst = (): World =>
	begin({lab: 'some', rehearsal: someRehearsal, startedAt: 0, nowMs: 0, inForce: inForce('flat'), compromised: []});

export const after = (...events: readonly WatchEvent[]): World => fold(atFirst(), events);

export const started = (foothold: string, atMs = 10): WatchEvent => ({
	kind: 'attack-started',
	...{candidate: 'flat', scenario: 'ransomware', foothold, turn: {number: 1, of: 1}, expectedActions: null, atMs},
});

export const acted = (
	record: Partial<ActionRecord> & Pick<ActionRecord, 'from' | 'to'>,
	evidence: readonly Evidence[] = [],
	atMs = 20,
): WatchEvent => ({
	kind: 'action',
	...{candidate: 'flat', scenario: 'ransomware', foothold: 'wiki.dev', evidence, atMs},
	record: {
		...{action: 1, atMs, technique: 'exploit-service', attack: 'T1210', protocol: 'tcp', port: 80},
		...{result: 'success', probes: 1, answers: {}, compromised: null, pivot: false, detail: 'tried'},
		...record,
	},
});

export const probed = (evidence: Evidence, atMs = 30): WatchEvent => ({
	kind: 'flow-probed',
	...{candidate: 'flat', evidence, atMs},
});

export const applied = (name: string, stack: Stack, atMs = 40): WatchEvent => ({
	kind: 'policy-applied',
	...{candidate: name, inForce: inForce(name, stack), applyMs: 1, atMs},
});
