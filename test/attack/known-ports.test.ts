import test from 'ava';
import {knownPorts, parsePortText} from '../../core/attack/known-ports.ts';

test('the ports to try are tcp before udp, each ascending, and none twice', t => {
	const parsed = [...knownPorts.keys()].map(parsePortText);
	const sorted = [...parsed].sort((a, b) =>
		a.protocol < b.protocol ? -1 : a.protocol > b.protocol ? 1 : a.port - b.port,
	);
	t.deepEqual(parsed, sorted);
	t.true(parsed.length >= 40 && parsed.length <= 80);
});

for (const [port, speaks] of [
	['22/tcp', 'ssh'],
	['5432/tcp', 'postgres'],
	['6379/tcp', 'redis'],
	['3306/tcp', 'mysql'],
	['445/tcp', 'smb'],
	['389/tcp', 'ldap'],
	['389/udp', 'ldap'],
	['53/udp', 'dns'],
	['9092/tcp', 'kafka'],
	['16379/tcp', undefined],
] as const) {
	test(`${port} is known to speak ${speaks ?? 'nothing in particular'}`, t => {
		t.is(knownPorts.get(port), speaks);
	});
}
