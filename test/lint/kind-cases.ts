// A small lab with needs, and a table of what each kind of finding tells of it: one line a case.
import test from 'ava';
import {allow, type PolicySpec} from '../builders/policy.ts';
import {topology} from '../builders/topology.ts';
import {needing, told} from './linted.ts';

const lab = topology({
	'web.prod': {labels: {tier: 'web'}, services: ['http:80'], addresses: ['198.18.1.1', 'fd00::1']},
	'web.dev': {labels: {tier: 'web'}, services: ['http:80'], addresses: ['198.18.2.1', 'fd00::2:1']},
	'db.prod': {labels: {tier: 'db'}, services: ['postgres:5432'], addresses: ['198.18.1.2', 'fd00::2']},
	'db.dev': {labels: {tier: 'db'}, services: ['postgres:5432'], addresses: ['198.18.2.2', 'fd00::2:2']},
	wiki: {labels: {app: 'wiki'}, services: ['http:80'], addresses: ['198.18.3.1', 'fd00::3:1']},
	scanner: {labels: {app: 'scanner'}, managed: false, addresses: ['198.18.3.2', 'fd00::3:2']},
	dns: {labels: {app: 'dns'}, services: ['names:53/udp', 'names:53'], addresses: ['198.18.3.3', 'fd00::3:3']},
	internet: {outside: true, addresses: ['203.0.113.7', '2001:db8::7']},
});
export const needy = needing(
	lab,
	'web.prod -> db.prod:5432/tcp',
	'web.dev -> db.dev:5432/tcp',
	'web.prod -> dns:53/udp',
	'db.prod -> wiki:80/tcp',
	'db.prod -> web.prod:80/tcp',
);
export const [web, db] = [{tier: 'web'}, {tier: 'db'}];
export const own = allow('own', {from: web, to: db, same: ['env'], on: ['postgres']});
export const everywhere = allow('everywhere', {});
export const cidr = (text: string, ...except: readonly string[]) => ({cidr: [text], except});

export interface Case {
	readonly title: string;
	readonly policies: readonly PolicySpec[];
	readonly tells: readonly string[];
}

/** A test a case. */
export function testKinds(cases: Readonly<Record<string, readonly Case[]>>): void {
	for (const [id, list] of Object.entries(cases))
		for (const {title, policies, tells} of list)
			test(`${id} tells ${title}`, t => {
				t.deepEqual(told(id, needy, ...policies), tells);
			});
}
