// A lab changes while others send without pause: who comes up is never unprotected, and who has an address after another
// has nothing of it. The far end's own count is the witness.
import test from 'ava';
import {unshared, whyNoPackets} from '../builders/unshared.ts';
import type {StreamCount} from './steady-traffic.ts';

interface Window {
	readonly added: readonly string[];
	/** By port: what was sent from before it was there. */
	readonly sent: Readonly<Record<'9001' | '9002', StreamCount>>;
	readonly counted: Readonly<Record<'to it, open' | 'to it, shut' | 'from it, open' | 'from it, shut', StreamCount>>;
	readonly answered: string;
}
interface Reuse {
	/** Datagrams that the friend heard from the old one and from its heir, and the heir from the friend. */
	readonly said: Readonly<Record<'old' | 'heir' | 'toHeir', number>>;
	readonly forgotten: number;
	readonly links: number;
}
interface Refused {
	readonly code: string | null;
	readonly said: number;
	readonly sites: readonly string[];
	readonly later: {
		readonly relabelled: readonly string[];
		readonly gone: readonly string[];
		readonly added: readonly string[];
	};
	readonly links: number;
}
interface Heard {
	/** Ms from the start of the apply to what the far end, and who asks, heard last. */
	readonly heardMs: number;
	readonly answeredMs: number;
	readonly lost: boolean;
}
interface Cutting {
	readonly applyMs: number;
	readonly stays: Heard;
	readonly goes: Heard;
}
const reason = whyNoPackets();
const packets = reason === null ? test.serial : test.serial.skip;
const titled = (title: string): string => (reason === null ? title : `${title} (skipped: ${reason})`);
const changing = <T>(...words: readonly string[]): Promise<T> => unshared<T>('lab/fixtures/changing.ts', words);
const cutting = (...words: readonly string[]): Promise<Cutting> => unshared<Cutting>('lab/fixtures/cutting.ts', words);

packets(titled('nothing that is denied reaches or leaves a workload that comes up, from its first moment'), async t => {
	const {added, sent, counted, answered} = await changing<Window>('window', '1');
	t.deepEqual(added, ['newcomer']);
	t.true(sent['9001'].sent > 300 && sent['9002'].sent > 300);
	t.is(counted['to it, shut'].arrived, 0);
	t.is(counted['from it, shut'].arrived, 0);
	t.true(counted['to it, open'].arrived > 100, 'what is allowed arrives');
	t.true(counted['from it, open'].arrived > 100, 'what is allowed leaves');
	t.is(answered, 'open');
});

packets(titled('where its rules come after its link, or where there are none, something does'), async t => {
	const [late, none] = [await changing<Window>('window', '1', 'late'), await changing<Window>('window', '1', 'none')];
	t.true(late.counted['to it, shut'].arrived > 0);
	t.true(none.counted['to it, shut'].arrived > 100 && none.counted['from it, shut'].arrived > 100);
});

packets(titled('whoever has the address of one that is gone has neither its rules nor its connections'), async t => {
	t.timeout(90_000);
	const {said, forgotten, links} = await changing<Reuse>('reuse', '12');
	t.true(said.old > 12, 'the old one is heard');
	t.deepEqual([said.heir, said.toHeir], [0, 0]);
	t.true(forgotten > 0);
	t.is(links, 4);
	t.true((await changing<Reuse>('reuse', '2', 'none')).said.heir > 0);
});

packets(titled('a change whose rules one workload refuses leaves the lab as it was'), async t => {
	const {code, said, sites, later, links} = await changing<Refused>('refused');
	t.is(code, 'apply-refused');
	t.deepEqual(sites, ['bare', 'friend', 'old']);
	t.true(said > 0, 'who was to go still talks');
	t.deepEqual(later, {relabelled: [], gone: ['old'], added: ['heir']});
	t.is(links, 4);
});

packets(titled('cut ends what is denied now and nothing else; keep ends nothing, nor does the control'), async t => {
	const cut = await cutting('cut');
	t.true(cut.goes.heardMs < 350 && cut.goes.answeredMs < 350, JSON.stringify(cut));
	t.true(cut.stays.heardMs > 600 && cut.stays.answeredMs > 600 && !cut.stays.lost, JSON.stringify(cut));
	for (const words of [['keep'], ['cut', 'none']]) {
		const {stays, goes} = await cutting(...words);
		t.true(
			Math.min(stays.heardMs, goes.heardMs, goes.answeredMs) > 600 && !goes.lost,
			`${words} ${JSON.stringify(goes)}`,
		);
	}
});
