// A matrix to render: two environments, a jewel, a hole in IPv6, replicas that differ, and names that nobody would choose.
import type {MatrixSubject} from '../../cli/matrix/matrix-subject.ts';
import {connectionsOf} from '../../core/reach/connections.ts';
import {allow, policies} from '../builders/policy.ts';
import {topology} from '../builders/topology.ts';

export const sample = (): MatrixSubject => {
	const shop = topology({
		'web-1.prod': {labels: {ring: 'new'}},
		'web-2.prod': {},
		'db.prod': {jewel: true},
		'wiki.dev': {},
		internet: {outside: true},
	});
	const stack = policies({
		applies: {any: true},
		rules: [
			allow('customers', {from: {outside: true}, to: {workload: 'web'}, on: ['443/tcp']}),
			allow('orders', {from: {ring: 'new'}, to: {workload: 'db'}, on: ['5432/tcp', '5433/tcp', '53/udp']}),
			allow('old habit', {from: {workload: 'wiki'}, to: {workload: 'db', cidr: '::/0'}, on: ['22/tcp']}),
		],
	});
	return subjectOf(connectionsOf(shop, stack));
};

/** Names that would be markup, a formula or a border, were they not escaped; everything is open. */
export const hostile = (): MatrixSubject => {
	const names = ['a"b\\n', '<script>alert(1)</script>', '=cmd|x', 'p|q`r`', 'e\u001b[31m\u202e', 'x,y'];
	return subjectOf(connectionsOf(topology(Object.fromEntries(names.map(name => [name, {}]))), []));
};

/** Owners `naa`, `nab` …, each of which reaches the next by one of three ports and nobody else: none is like another. */
export const ring = (count: number): MatrixSubject => {
	const names = Array.from({length: count}, (_, at) => `n${letter(at / 26)}${letter(at % 26)}`);
	const addresses = (at: number): readonly string[] => [`198.18.${at >> 7}.${(at & 127) + 1}`];
	const shop = topology(Object.fromEntries(names.map((name, at) => [name, {addresses: addresses(at)}])));
	const rules = names.map((name, at) =>
		allow(name, {from: {workload: name}, to: {workload: names[(at + 1) % count]!}, on: [`${1000 + (at % 3)}/tcp`]}),
	);
	return subjectOf(connectionsOf(shop, policies({rules})));
};

const letter = (at: number): string => String.fromCharCode(97 + Math.floor(at));

const subjectOf = (connections: MatrixSubject['connections']): MatrixSubject => ({
	name: 'shop',
	candidate: 'segmented',
	placement: 'host',
	probes: null,
	connections,
});
