import test from 'ava';
import type {MatrixSubject} from '../../cli/matrix/matrix-subject.ts';
import {renderMatrixText} from '../../cli/matrix/text.ts';
import {widthOf} from '../../cli/report/lines.ts';
import {noPaint} from '../../cli/report/paint.ts';
import {connectionsOf} from '../../core/reach/connections.ts';
import {allow, policies} from '../builders/policy.ts';
import {topology} from '../builders/topology.ts';
import {ring, sample} from './sample-subject.ts';

const text = (subject: MatrixSubject, width = 100): string =>
	[...renderMatrixText(subject, {width, paint: noPaint})].join('');

test('what stands out comes first: the jewel, what crosses, what is outside, the hole in IPv6, the odd replica', t => {
	const shown = text(sample());
	const [, above = ''] = shown.split('\n\n');
	t.deepEqual(
		above.split('\n').map(line => line.trim().replaceAll(/ {2,}/g, ' ')),
		[
			'crown jewels ◆ db.prod ◂ web.prod (5432-5433/tcp 53/udp), wiki.dev (22/tcp)',
			'across environments 1 open: wiki.dev ▸ db.prod 22/tcp',
			'from outside internet ▸ web.prod (443/tcp)',
			'IPv4 and IPv6 ≠ differ: wiki.dev ▸ db.prod: IPv4 nothing, IPv6 22/tcp',
			'replicas ~ differ: web.prod ▸ db.prod (5432-5433/tcp 53/udp)',
		],
	);
});

test('a table has a row a source and a column a destination, with ports in its cells and marks behind them', t => {
	const shown = text(sample());
	t.regex(shown, /from ╲ to +wiki +db +web +internet\n/);
	t.regex(shown, /\n {4}wiki +– +○ 22≠ +· +·\n/);
	t.regex(shown, /\n {4}web +· +○ a~ +– +·\n/);
	t.regex(shown, /a 5432-5433\/tcp 53\/udp/);
	t.regex(shown, /~ not from or to every replica/);
	t.regex(shown, /≠ IPv4 and IPv6 differ/);
});

test('too many columns for words become letters with numbered columns; too many for those, a list by source', t => {
	t.regex(text(ring(20), 100), / {2}from ╲ to +1 +2 +3 /);
	t.regex(text(ring(20), 100), /a 1000\/tcp {3}b 1001\/tcp {3}c 1002\/tcp/);
	const list = text(ring(30), 60);
	t.regex(list, /\n {2}naa ▸ nab {2}1000\/tcp\n +and to nobody else {2}\(1 of 29\)\n/);
});

for (const width of [60, 80, 100, 140])
	for (const count of [2, 12, 30, 60])
		test(`${count} owners keep to ${width} columns`, t => {
			const long = text(ring(count), width)
				.split('\n')
				.filter(line => widthOf(line) > width);
			t.deepEqual(long, []);
		});

test('equal owners are one row where single ones do not fit, and the legend says who they are', t => {
	const names = Array.from({length: 30}, (_, at) => `w${String.fromCharCode(97 + (at % 26))}${at > 25 ? 'z' : 'y'}`);
	const shop = topology(
		Object.fromEntries([...names, 'db'].map(name => [name, {labels: {tier: name === 'db' ? 'db' : 'web'}}])),
	);
	const stack = policies({rules: [allow('read', {from: {tier: 'web'}, to: {tier: 'db'}, on: ['5432/tcp']})]});
	const shown = text({...sample(), connections: connectionsOf(shop, stack)});
	t.regex(shown, /\n {4}way \+29 +○ 5432 +·\n/);
	t.regex(shown, /\n {2}way \+29: way, waz, /);
});

test('a topology of one says that there is nothing to reach', t => {
	const shown = text({...sample(), connections: connectionsOf(topology({solo: {}}), policies({}))});
	t.regex(shown, /1 owner, none of 0 pairs open/);
});

test('over 40 sources the widest are shown, with the number of the others and how to get them', t => {
	const names = Array.from(
		{length: 230},
		(_, at) => `n${String.fromCharCode(97 + Math.floor(at / 26), 97 + (at % 26))}`,
	);
	const shop = topology(
		Object.fromEntries(names.map((name, at) => [name, {addresses: [`198.18.${at >> 7}.${(at & 127) + 1}`]}])),
	);
	const stack = policies({
		rules: names
			.slice(1)
			.map((name, at) =>
				allow(name, {from: {workload: [names[0]!, name]}, to: {workload: names[at]!}, on: ['80/tcp']}),
			),
	});
	const shown = text({...sample(), connections: connectionsOf(shop, stack)});
	t.regex(shown, /\n\n {2}naa ▸ 228 owners: nab, nac, nad and 225 more {2}80\/tcp\n/);
	t.regex(shown, /\n {2}190 sources more reach less; every pair: --format connlist, csv or json\n$/);
});
