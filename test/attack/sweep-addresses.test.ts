import test from 'ava';
import {isSwept, sweepAddresses, sweepPrefix} from '../../core/attack/sweep-addresses.ts';

const cases: readonly (readonly [cidr: string, own: readonly string[], swept: string | undefined])[] = [
	['10.0.0.0/26', ['10.0.0.7'], '10.0.0.0/26'],
	['198.18.4.0/22', ['198.18.5.1'], '198.18.4.0/22'],
	['198.18.0.0/20', ['fd00::1', '198.18.9.1'], '198.18.8.0/22'],
	['10.0.0.0/8', ['10.77.3.255'], '10.77.0.0/22'],
	['10.0.0.0/8', ['192.0.2.1'], '10.0.0.0/22'],
	['255.255.255.0/24', [], '255.255.255.0/24'],
	['192.0.2.9/32', [], '192.0.2.9/32'],
	['fd00::/120', ['fd00::1'], undefined],
];
for (const [cidr, own, swept] of cases) {
	test(`of ${cidr} whoever has ${own.join(' and ') || 'no address in it'} sweeps ${swept ?? 'nothing'}`, t => {
		t.is(sweepPrefix(cidr, own), swept);
	});
}

test('a sweep covers each address of its prefix once, in order', t => {
	t.deepEqual(sweepAddresses('10.0.0.4/30'), ['10.0.0.4', '10.0.0.5', '10.0.0.6', '10.0.0.7']);
	t.deepEqual(sweepAddresses('255.255.255.254/31'), ['255.255.255.254', '255.255.255.255']);
	t.is(new Set(sweepAddresses('198.18.4.0/22')).size, 1024);
});

test('an address is swept exactly when it is among the addresses of the prefix', t => {
	for (const prefix of ['10.0.0.64/26', '198.18.4.0/22', '192.0.2.9/32']) {
		const swept = new Set(sweepAddresses(prefix));
		for (const address of ['10.0.0.63', '10.0.0.64', '10.0.0.127', '10.0.0.128', '198.18.7.255', '192.0.2.9']) {
			t.is(isSwept(prefix, address), swept.has(address), `${address} in ${prefix}`);
		}
	}
});
