import test from 'ava';
import {hostsFile} from '../../../core/attack/hosts-file.ts';
import {createNames} from '../../../core/model/lab-names.ts';
import {topology} from '../../builders/topology.ts';

const names = createNames(
	topology({
		'web-1.prod': {addresses: ['198.18.0.2', '2001:db8::2']},
		'web-2.prod': {addresses: ['198.18.0.3']},
		'db.prod': {addresses: ['198.18.0.4']},
		'db.dev': {addresses: ['198.18.1.4']},
		internet: {addresses: ['203.0.113.1']},
	}),
);

for (const [name, environment, four, six] of [
	['web-1.prod', null, ['198.18.0.2'], ['2001:db8::2']],
	['WEB.prod', null, ['198.18.0.2', '198.18.0.3'], ['2001:db8::2']],
	['web', 'prod', ['198.18.0.2', '198.18.0.3'], ['2001:db8::2']],
	['db', 'prod', ['198.18.0.4'], []],
	['db', 'dev', ['198.18.1.4'], []],
	['internet', 'dev', ['203.0.113.1'], []],
	['web', 'dev', undefined, undefined],
	['db', null, undefined, undefined],
	['db.test', 'dev', undefined, undefined],
	['', 'prod', undefined, undefined],
] as const)
	test(`${name || 'an empty name'} asked in ${environment ?? 'no environment'} is ${four?.join(' and ') ?? 'nobody'}`, t => {
		t.deepEqual(names.lookup(name, 4, environment), four === undefined ? four : [...four]);
		t.deepEqual(names.lookup(name, 6, environment), six === undefined ? six : [...six]);
	});

test('an address leads back to its workload, in either family', t => {
	t.is(names.pointer('3.0.18.198.in-addr.arpa'), 'web-2.prod');
	const nibbles = `2${'0'.repeat(23)}8bd01002`.split('').join('.');
	t.is(names.pointer(`${nibbles}.ip6.arpa`), 'web-1.prod');
	t.is(names.pointer('9.9.9.9.in-addr.arpa'), undefined);
});

test('the hosts file holds loopback, the workload and what it knows, and no name that could be read as more', t => {
	const hosts = [
		{name: 'db.prod', address: '198.18.0.4'},
		{name: 'x\n198.51.100.1 bank', address: '198.18.0.5'},
	];
	t.is(
		hostsFile({hostname: 'web.prod', addresses: ['198.18.0.2', '2001:db8::2'], hosts}),
		'127.0.0.1\tlocalhost\n::1\tlocalhost\n198.18.0.2\tweb.prod\n2001:db8::2\tweb.prod\n198.18.0.4\tdb.prod\n',
	);
});
