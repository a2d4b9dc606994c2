import test from 'ava';
import {type Line, span} from '../../tui/line.ts';
import {type Frame, movingSvg} from '../../tui/moving-svg.ts';
import {screenSvg} from '../../tui/screen-svg.ts';

const frame = (atMs: number, ...lines: readonly Line[]): Frame => ({atMs, lines});
const svg = (...frames: readonly Frame[]) => movingSvg({frames, lengthMs: 10_000, title: 'a < b', stillMs: 10_000});
const times = (text: string, what: string): number => text.split(what).length - 1;

test('a word keeps its column whatever the font, is text, and cannot end its element', t => {
	const text = screenSvg([[span('  '), span('a<&>b', 'bad'), span('│数', 'chosen')]], 'x');
	t.regex(text, /<text class="b" x="16\.8" y="13" textLength="42">a&lt;&amp;&gt;b<\/text>/);
	t.regex(text, /<rect x="58\.8" .*width="16\.8".*<text class="c" x="58\.8" [^>]*textLength="16\.8">│数</);
});

test('what stays is drawn once, and what changes has its time', t => {
	const text = svg(
		frame(0, [span('same')], [span('before')]),
		frame(2500, [span('same')], [span('after')]),
		frame(5000, [span('same')], [span('before')]),
	);
	for (const word of ['same', 'before', 'after']) t.is(times(text, `>${word}<`), 1, word);
	t.regex(text, /@keyframes t1\{0%\{visibility:visible\}25%\{visibility:hidden\}\}/);
	t.regex(text, /@keyframes t2\{0%\{visibility:hidden\}50%\{visibility:visible\}\}/);
	t.regex(text, /@keyframes t3\{0%\{visibility:hidden\}25%\{visibility:visible\}50%\{visibility:hidden\}\}/);
	t.regex(text, /animation:10s step-end infinite/);
});

test('the two sides of a border repeat nothing of each other', t => {
	const text = svg(
		frame(0, [span('left │ one'), span('│', 'dim')]),
		frame(2500, [span('left │ two'), span('│', 'dim')]),
	);
	t.is(times(text, 'left'), 1);
	t.is(times(text, '\u00a0one<'), 1);
});

test('where nothing may move there is a picture', t => {
	const text = svg(frame(0, [span('first')]), frame(2500, [span('last')]));
	t.regex(text, /<g class="m t1 still"><use href="#p1"/);
	t.is(times(text, 'still"'), 1);
	t.regex(text, /prefers-reduced-motion:reduce\)\{\.m\{animation:none\}\}/);
});

test('no script, and nothing from elsewhere', t => {
	const text = svg(frame(0, [span('<script>')], [span('x')]));
	t.notRegex(text, /<script|javascript|url\(|http:\/\/(?!www\.w3\.org\/2000\/svg)/);
	t.regex(text, /<title>a\u00a0&lt;\u00a0b/);
});
