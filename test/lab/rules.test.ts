// Rules are in force on all sites or on none, and before any link is up.
import test from 'ava';
import {unshared, whyNoPackets} from '../builders/unshared.ts';

type Rulesets = Readonly<Record<string, string>>;
interface Ruled {
	/** Links that are up when rules are asked for, by namespace. */
	readonly whileProtected: Readonly<Record<string, readonly string[]>>;
	readonly refusedFirst: string | null;
	readonly leftByFirst: Rulesets;
	readonly up: Readonly<Record<string, readonly string[]>>;
	readonly before: Rulesets;
	readonly after: Readonly<Record<string, {readonly code: string | null; readonly rules: Rulesets}>>;
}
interface RefusedBoot {
	readonly code: string | null;
	readonly links: readonly string[];
	readonly up: readonly string[];
}
const reason = whyNoPackets();
const packets = reason === null ? test : test.skip;
const titled = (title: string): string => (reason === null ? title : `${title} (skipped: ${reason})`);
const ruled = reason === null ? unshared<Ruled>('lab/fixtures/rules.ts') : undefined;

packets(titled('no link is up while rules are loaded, and each is up afterwards'), async t => {
	const {whileProtected, up} = await ruled!;
	t.deepEqual(Object.keys(whileProtected).sort(), ['api', 'db', 'the fabric', 'web']);
	t.deepEqual(
		Object.values(whileProtected)
			.flat()
			.filter(name => name !== 'lo'),
		[],
	);
	t.deepEqual(up, {api: ['lo', 'eth0'], db: ['lo', 'eth0'], web: ['lo', 'eth0']});
});

packets(titled('a first load that one site refuses leaves no rule on any'), async t => {
	const {refusedFirst, leftByFirst} = await ruled!;
	t.is(refusedFirst, 'apply-refused');
	t.deepEqual(leftByFirst, {api: '', db: '', web: ''});
});

for (const name of ['a wrong word', 'a missing set', 'a refusal at the load'] as const) {
	packets(titled(`${name} in the rules of one site leaves the former rules in force on all`), async t => {
		const {before, after} = await ruled!;
		t.regex(Object.values(before).join(), /tcp dport 80/);
		t.is(after[name]!.code, 'apply-refused');
		t.deepEqual(after[name]!.rules, before);
	});
}

packets(titled('rules that are right replace the former ones on all sites'), async t => {
	const {after, before} = await ruled!;
	const {code, rules} = after['rules that are right']!;
	t.is(code, null);
	for (const [site, text] of Object.entries(rules)) {
		t.regex(text, /tcp dport 5432/, site);
		t.notRegex(text, /tcp dport 80/, site);
		t.not(text, before[site]);
	}
});

packets(titled('a boot whose rules are refused brings no link up'), async t => {
	const {code, links, up} = await unshared<RefusedBoot>('lab/fixtures/rules.ts', ['boot']);
	t.is(code, 'apply-refused');
	t.deepEqual(links, ['lo', 'v0', 'v1', 'v2']);
	t.deepEqual(up, ['lo']);
});
