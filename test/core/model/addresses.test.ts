import test from 'ava';
import fc from 'fast-check';
import {
	contains,
	cutRange,
	hostsIn,
	ipv6Beside,
	ipv6RangeOf,
	isReserved,
	overlap,
	prefixFor,
	roomIn,
} from '../../../core/model/addresses.ts';

test('a range is cut into the least power of two that holds the parts', t => {
	t.deepEqual(cutRange('198.18.0.0/20', 1), ['198.18.0.0/20']);
	t.deepEqual(cutRange('198.18.0.0/20', 2), ['198.18.0.0/21', '198.18.8.0/21']);
	t.deepEqual(cutRange('198.18.0.0/20', 3), ['198.18.0.0/22', '198.18.4.0/22', '198.18.8.0/22']);
	t.deepEqual(cutRange('0.0.0.0/1', 2), ['0.0.0.0/2', '64.0.0.0/2']);
	t.deepEqual(cutRange('255.255.255.248/29', 2), ['255.255.255.248/30', '255.255.255.252/30']);
	t.is(cutRange('10.0.0.0/29', 3), undefined);
});

test('hosts leave out the network, the gateway, which may be asked for, and the broadcast, and there are as many as there is room', t => {
	t.deepEqual([...hostsIn('10.0.0.248/29')], ['10.0.0.250', '10.0.0.251', '10.0.0.252', '10.0.0.253', '10.0.0.254']);
	for (const prefix of [24, 28, 30, 31, 32])
		t.is([...hostsIn(`10.0.0.0/${prefix}`)].length, roomIn(`10.0.0.0/${prefix}`));
	t.deepEqual(
		['10.0.0.0', '10.0.0.1', '10.0.0.2', '10.0.0.6', '10.0.0.7'].map(address => isReserved('10.0.0.0/29', address)),
		[true, false, false, false, true],
	);
});

test('the prefix that is asked for has room, and one bit more has not', t => {
	for (const parts of [1, 3, 4, 5])
		for (const workloads of [1, 2, 5, 253, 254, 1000]) {
			const prefix = prefixFor(parts, workloads);
			const room = (bits: number): number =>
				Math.min(...(cutRange(`10.0.0.0/${bits}`, parts) ?? ['10.0.0.0/32']).map(roomIn));
			t.true(room(prefix) >= workloads, `${parts} × ${workloads}: /${prefix}`);
			t.true(room(prefix + 1) < workloads, `${parts} × ${workloads}: /${prefix + 1}`);
		}
});

test('ranges overlap when one holds the other, and neighbours do not', t => {
	t.true(overlap('10.0.0.0/8', '10.3.0.0/24'));
	t.true(overlap('10.3.0.0/24', '10.0.0.0/8'));
	t.false(overlap('10.0.0.0/24', '10.0.1.0/24'));
	t.true(contains('10.0.0.0/24', '10.0.0.255'));
	t.false(contains('10.0.0.0/24', '10.0.1.0'));
	t.false(contains('::/0', '10.0.1.0'));
	t.true(contains('fd00::/64', 'fd00::7'));
});

test('an address beside another has its number, in the prefix that follows from the range', t => {
	t.is(ipv6RangeOf('198.18.4.0/22'), 'fd00:f1eb:c612:400::/64');
	t.is(ipv6Beside('198.18.4.0/22', 'fd00:f1eb:c612:400::/64', '198.18.4.5'), 'fd00:f1eb:c612:400::5');
	t.is(ipv6Beside('198.18.4.0/22', 'fd00:f1eb:c612:400::/64', '198.18.7.254'), 'fd00:f1eb:c612:400::3fe');
	t.is(ipv6Beside('10.0.0.0/8', ipv6RangeOf('10.0.0.0/8'), '10.1.0.0'), 'fd00:f1eb:a00::1:0');
});

test('ranges that do not overlap have different IPv6 prefixes', t => {
	const range = fc.tuple(fc.nat(0xffff), fc.integer({min: 16, max: 30})).map(([at, bits]) => {
		const first = ((0xc6120000 + at) >>> (32 - bits)) * 2 ** (32 - bits);
		return `${[24, 16, 8, 0].map(shift => Math.floor(first / 2 ** shift) % 256).join('.')}/${bits}`;
	});
	fc.assert(fc.property(range, range, (a, b) => overlap(a, b) || ipv6RangeOf(a) !== ipv6RangeOf(b)));
	t.pass();
});
