import test from 'ava';
import fc from 'fast-check';
import {allotAddresses} from '../../core/kubernetes/addresses.ts';
import {canonicalAddress, isStrictlyInside, parseCidr} from '../../core/kubernetes/cidr.ts';

const request = (namespace: string, ...fixed: readonly string[]) => ({namespace, fixed});
const texts = (...requests: readonly ReturnType<typeof request>[]): readonly string[] =>
	allotAddresses(requests)!.addresses.map(all => all.map(one => one.address).join());

test('pods of a namespace count up, each namespace in a segment of its own', t => {
	t.deepEqual(texts(request('b'), request('a'), request('b')), ['198.18.1.2', '198.18.0.2', '198.18.1.3']);
});

test('a fixed address stays, in both families, and is nobody else’s', t => {
	t.deepEqual(texts(request('a'), request('a', '198.18.0.2', 'FD00:0::1')), ['198.18.0.3', '198.18.0.2,fd00::1']);
});

test('pods on one node’s address get free ones beside it, whoever comes first', t => {
	const moved = allotAddresses([request('a', '10.0.0.254'), request('a', '10.0.0.254'), request('a', '10.0.0.1')])!;
	t.deepEqual(
		moved.addresses.map(all => all[0]!.address),
		['10.0.0.254', '10.0.0.2', '10.0.0.1'],
	);
	t.deepEqual(moved.moved, [1]);
});

test('what is no address is passed over', t => {
	const allotted = allotAddresses([request('a', 'not-an-address')])!;
	t.is(allotted.addresses[0]![0]!.address, '198.18.0.2');
	t.deepEqual(allotted.moved, [0]);
});

test('without room for the namespaces there is no allotment', t => {
	const many = (count: number) => Array.from({length: count}, (_, at) => request(`n${at}`));
	t.not(allotAddresses(many(512)), undefined);
	t.is(allotAddresses(many(513)), undefined);
});

test('every pod has an address of its own, inside its namespace’s segment', t => {
	const requests = fc.array(
		fc.record({
			namespace: fc.constantFrom('a', 'b', 'c'),
			fixed: fc.array(fc.constantFrom('198.18.0.2', '198.18.0.3', '198.18.1.2', '10.0.0.1', '10.0.0.2', 'x'), {
				maxLength: 2,
			}),
		}),
		{maxLength: 400},
	);
	fc.assert(
		fc.property(requests, all => {
			const allotted = allotAddresses(all.map(one => ({...one, fixed: [...new Set(one.fixed)]})))!;
			const addresses = allotted.addresses.flat();
			t.is(new Set(addresses.map(one => one.address)).size, addresses.length);
			for (const {address, segment} of addresses) {
				if (segment === null) continue;
				const [prefix] = allotted.segments.find(one => one.name === segment)!.prefixes;
				t.true(
					isStrictlyInside(parseCidr(`${address}/32`)!, parseCidr(prefix!.cidr)!),
					`${address} in ${prefix!.cidr}`,
				);
			}
		}),
		{numRuns: 50},
	);
});

const cidrs: readonly (readonly [text: string, canonical: string | undefined])[] = [
	['10.0.0.0/8', '10.0.0.0/8'],
	['10.1.2.3/8', '10.0.0.0/8'],
	['0.0.0.0/0', '0.0.0.0/0'],
	['1.2.3.4/32', '1.2.3.4/32'],
	['FD00:0:0::1/64', 'fd00::/64'],
	['::/0', '::/0'],
	['10.0.0.0', undefined],
	['10.0.0/8', undefined],
	['10.0.0.0/08', undefined],
	['010.0.0.0/8', undefined],
	['10.0.0.256/8', undefined],
	['10.0.0.0/33', undefined],
	['::/129', undefined],
	['::ffff:10.0.0.0/104', undefined],
	['fe80::1%eth0/64', undefined],
	['', undefined],
];
for (const [text, canonical] of cidrs)
	test(`CIDR ${text || '(empty)'} is ${canonical ?? 'refused'}`, t => t.is(parseCidr(text)?.text, canonical));

test('inside means smaller and of the same family', t => {
	const inside = (a: string, b: string): boolean => isStrictlyInside(parseCidr(a)!, parseCidr(b)!);
	t.true(inside('10.1.0.0/16', '10.0.0.0/8'));
	t.true(inside('10.128.0.0/10', '10.128.0.0/9'));
	t.false(inside('10.128.0.0/10', '10.0.0.0/9'));
	t.false(inside('10.0.0.0/8', '10.0.0.0/8'));
	t.false(inside('10.0.0.0/8', '10.1.0.0/16'));
	t.false(inside('::/16', '0.0.0.0/0'));
	t.true(inside('fd00:1::/32', 'fd00::/8'));
});

test('an address is IPv4 in four numbers, or IPv6 compressed', t => {
	t.deepEqual(canonicalAddress('10.0.0.1'), {family: 4, address: '10.0.0.1'});
	t.deepEqual(canonicalAddress('FD00:0:0:0::1'), {family: 6, address: 'fd00::1'});
	for (const text of ['10.1', '0x7f000001', '::ffff:10.0.0.1', 'db', '']) t.is(canonicalAddress(text), undefined, text);
});
