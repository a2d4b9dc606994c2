// Ctrl-C gives everything back: the terminal, the lab, and exit code 130.
import test from 'ava';
import {unshared, whyNoPackets} from '../builders/unshared.ts';

interface Signalled {
	readonly signal: string;
	readonly when: string;
	readonly code: number | null;
	/** The signal that ended it, where it was asked before it could answer. */
	readonly by: string | null;
	readonly error: string;
	readonly out: string;
	readonly endedMs: number;
	readonly left: unknown;
}
interface OnTerminal {
	/** Everything that the terminal was sent. */
	readonly out: string;
	readonly left: unknown;
}
interface Interrupted {
	readonly whole: number | null;
	readonly signals: readonly Signalled[];
	readonly once: OnTerminal;
	readonly twice: OnTerminal;
}
const reason = whyNoPackets();
const packets = reason === null ? test : test.skip;
const titled = (title: string): string => (reason === null ? title : `${title} (skipped: ${reason})`);
const interrupted = reason === null ? unshared<Interrupted>('system/fixtures/interrupts.ts', [], 110_000) : undefined;

packets(
	titled('a signal ends a rehearsal with 130 and no report, within 5 s, and nothing of it is left 2 s later'),
	async t => {
		const {whole, signals} = await interrupted!;
		t.is(whole, 0, 'left alone, it passes');
		for (const {signal, when, code, by, error, out, endedMs, left} of signals) {
			const about = `${signal} at ${when}: ${error}`;
			if (code !== 130) t.deepEqual([by, error], [signal, ''], about);
			t.is(out, '', about);
			t.true(endedMs < 5000, `${about} took ${endedMs} ms`);
			t.is(left, null, about);
		}
		t.deepEqual(
			signals.slice(1).map(({code, error}) => [code, error.trim().split('\n').at(-1)]),
			signals.slice(1).map(() => [130, 'interrupted']),
		);
	},
);

for (const times of ['once', 'twice'] as const) {
	packets(titled(`Ctrl-C ${times} on a terminal: exit 130, and the terminal is as it was`), async t => {
		const {out, left} = (await interrupted!)[times];
		// A second one may come when all is over.
		const lines = out
			.replaceAll('\r', '')
			.trim()
			.split('\n')
			.filter(line => line !== '^C');
		t.regex(out, /\^C/, 'it was typed while it ran');
		t.regex(lines.at(-2) ?? '', /code 130$/, out);
		t.is(lines.at(-1), lines[0], 'the modes of the terminal (stty -g)');
		const shows = [...out.matchAll(/\[\?(25|1049|2004|1000|2026)([hl])/g)];
		const last = new Map(shows.map(([, mode, set]) => [mode, set]));
		t.is(last.get('25'), 'h', 'the cursor is shown');
		for (const mode of ['1049', '2004', '1000', '2026']) t.not(last.get(mode), 'h', `mode ${mode} is off`);
		t.notRegex(out, /bug of Firebreak/);
		t.is(left, null);
	});
}
