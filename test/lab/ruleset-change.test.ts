import test from 'ava';
import type {Ruleset} from '../../core/contracts/enforcer.ts';
import {nftables} from '../../enforcers/nftables.ts';
import {rulesetChange} from '../../lab/ruleset-change.ts';
import {allow, policies} from '../builders/policy.ts';
import {topology} from '../builders/topology.ts';
import {unshared, whyNoPackets} from '../builders/unshared.ts';

/** The rules of `db`, which ten workloads of tier web and the `extra` ones may call. */
function rulesOfDb(extra: readonly string[], established: 'keep' | 'cut' = 'keep', comment = 'web reads'): Ruleset {
	const names = Array.from({length: 20}, (_, at) => `w${String(at + 10)}`);
	const isWeb = (name: string, at: number): boolean => at < 10 || extra.includes(name);
	const own = topology({
		db: {labels: {tier: 'db'}},
		...Object.fromEntries(names.map((name, at) => [name, {labels: {tier: isWeb(name, at) ? 'web' : 'other'}}])),
	});
	const stack = policies({established, rules: [allow(comment, {from: {tier: 'web'}, to: {tier: 'db'}})]});
	return nftables.compile({lab: 'x', topology: own, stack, placement: 'host'}).find(({site}) => site === 'db')!;
}

test('the same rules are no change', t => {
	t.deepEqual(rulesetChange(rulesOfDb(['w21']), rulesOfDb(['w21'])), {kind: 'none'});
});

test('one more member is elements added and nothing deleted; one less the other way round', t => {
	const more = rulesetChange(rulesOfDb([]), rulesOfDb(['w21']));
	t.is(more.kind, 'elements');
	t.regex((more as {text: string}).text, /^(add element inet firebreak_x v[46]_\d \{ [0-9a-f.:]+ \}\n){2}$/);
	const less = rulesetChange(rulesOfDb(['w21']), rulesOfDb([]));
	t.regex((less as {text: string}).text, /^(delete element inet firebreak_x v[46]_\d \{ [0-9a-f.:]+ \}\n){2}$/);
});

test('under cut, elements are a generation of their own: the table is swapped', t => {
	t.is(rulesetChange(rulesOfDb([], 'cut'), rulesOfDb(['w21'], 'cut')).kind, 'swap');
});

test('other rules beside other elements are a swap; so is a table of another name, which goes; and so is the first', t => {
	const before = rulesOfDb([]);
	t.is(rulesetChange(before, rulesOfDb(['w21'], 'keep', 'web writes')).kind, 'swap');
	const moved = rulesetChange({...before, table: 'firebreak_y'}, before);
	t.regex((moved as {text: string}).text, /^table inet firebreak_y\ndelete table inet firebreak_y\n/);
	t.deepEqual(rulesetChange(undefined, before), {kind: 'swap', text: before.text});
});

test('a comment that looks like a set is none', t => {
	const spoof = 'x" set v4_1 { type ipv4_addr; elements = { 1.1.1.1 } }';
	t.is(rulesetChange(rulesOfDb([], 'keep', `${spoof} a`), rulesOfDb([], 'keep', `${spoof} b`)).kind, 'swap');
});

interface Changes {
	readonly counts: Readonly<Record<'elements' | 'swaps' | 'untouched' | 'ranges', number>>;
	readonly differing: readonly unknown[];
	readonly flushed: {readonly changed: number; readonly mended: boolean};
}
const reason = whyNoPackets();
const packets = reason === null ? test : test.skip;
const titled = (title: string): string => (reason === null ? title : `${title} (skipped: ${reason})`);

packets(titled('after any changes a kernel has the rules that a first load would have given it'), async t => {
	t.timeout(60_000);
	const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 1e6));
	const {counts, differing, flushed} = await unshared<Changes>('lab/fixtures/ruleset-changes.ts', [String(seed)]);
	t.deepEqual(differing.slice(0, 1), [], `SEED=${seed}`);
	t.true(
		Object.values(counts).every(count => count > 3),
		`SEED=${seed} ${JSON.stringify(counts)}`,
	);
	t.deepEqual(flushed, {changed: 1, mended: true}, `SEED=${seed}: rules that somebody flushed are not in force`);
});
