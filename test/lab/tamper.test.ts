import test from 'ava';
import {unshared, whyNoPackets} from '../builders/unshared.ts';

interface Tamper {
	readonly answers: Readonly<
		Record<'list' | 'lookAtPort' | 'create' | 'setDown' | 'remove' | 'flushed' | 'left', string>
	>;
	readonly before?: readonly string[];
	readonly links: readonly string[];
}
const reason = whyNoPackets();
const packets = reason === null ? test : test.skip;
const titled = (title: string): string => (reason === null ? title : `${title} (skipped: ${reason})`);

packets(titled('root of a workload can flush its own rules and touch nothing of the fabric'), async t => {
	const {answers, before, links} = await unshared<Tamper>('lab/fixtures/tamper.ts');
	t.is(answers.flushed, 'ok');
	t.is(answers.left, '');
	for (const attempt of ['list', 'lookAtPort', 'create', 'setDown', 'remove'] as const) {
		t.regex(answers[attempt], /^(EPERM|EACCES)$/, attempt);
	}
	t.deepEqual(links, before);
	t.deepEqual([...links].sort(), ['lo', 'v0', 'v1']);
});

packets(titled('the same tries succeed where the engine owns the namespace, so that they test something'), async t => {
	const {answers, links} = await unshared<Tamper>('lab/fixtures/tamper.ts', ['naive']);
	t.is(answers.list, 'ok');
	t.is(answers.create, 'ok');
	t.is(answers.remove, 'ok');
	t.true(links.includes('evil0'));
	t.false(links.includes('v1'));
});
