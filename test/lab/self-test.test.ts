// Nothing leaves a lab: a boot in a place with a way out is refused before anything runs, and a packet that leaves is seen.
import test from 'ava';
import {unshared, whyNoPackets} from '../builders/unshared.ts';

interface Boot {
	readonly code: string | null;
	readonly message?: string;
	/** Processes that the boot started and that still run. */
	readonly children: number;
	/** Links that the boot made. */
	readonly made?: readonly string[];
	readonly rules?: string;
}
interface Left {
	readonly closed: string | null;
	readonly open: string | null;
	readonly looked: string | null;
	readonly left: number;
}
const reason = whyNoPackets();
const packets = reason === null ? test : test.skip;
const titled = (title: string): string => (reason === null ? title : `${title} (skipped: ${reason})`);
const boot = (mode: string): Promise<Boot> => unshared<Boot>('lab/fixtures/way-out.ts', [mode]);

packets(titled('a closed place boots, so that the refusals below are for the way out'), async t => {
	const {code, children} = await boot('closed');
	t.is(code, null);
	t.true(children > 0);
});

const ways = {
	'default-route': ['a default route through a foreign link', /a link that is not the lab's: way1, way0/],
	'foreign-link': ['a foreign link, though it is down and leads nowhere', /a link that is not the lab's: way1, way0/],
	disguised: ["a foreign link that is up and has the name of the kernel's tunnels", /not the lab's: gre0/],
	'route-4': ['an IPv4 route to the outside', /a way to 192\.0\.2\.1/],
	'route-6': ['an IPv6 route to the outside', /a way to 2001:db8::1/],
} as const;

for (const [mode, [what, message]] of Object.entries(ways)) {
	packets(titled(`${what} is a way out: the boot is refused and nothing runs`), async t => {
		const refused = await boot(mode);
		t.is(refused.code, 'way-out');
		t.regex(refused.message ?? '', message);
		t.is(refused.children, 0);
		t.deepEqual(refused.made, []);
		t.is(refused.rules, '');
	});
}

packets(titled('a kernel without IPv6 is refused by name, with the mend'), async t => {
	const refused = await boot('no-ipv6');
	t.is(refused.code, 'no-ipv6');
	t.regex(refused.message ?? '', /ipv6\.disable=1/);
});

for (const family of [4, 6] as const) {
	packets(titled(`an IPv${family} packet that leaves is seen by sending, and one that cannot is refused`), async t => {
		const {closed, open, looked, left} = await unshared<Left>('lab/fixtures/way-out.ts', ['packets', String(family)]);
		t.is(closed, null);
		t.is(open, 'way-out');
		t.is(looked, 'way-out');
		t.true(left > 0, 'it was counted outside, so that there was something to see');
	});
}
