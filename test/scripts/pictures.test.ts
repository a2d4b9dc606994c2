// The README's pictures, as they lie in docs: within what a forge shows, and of what it says.
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import {root} from '../house/source-tree.ts';

const read = (name: string): string => readFileSync(join(root, 'docs', name), 'utf8');
const wordsOf = (svg: string): string => svg.replaceAll(/<[^>]*>/g, ' ').replaceAll('\u00a0', ' ');

for (const [name, mostBytes] of [
	['console.svg', 100_000],
	['report.svg', 100_000],
	['cast.svg', 500_000],
	['firebreak.cast', 200_000],
] as const)
	test(`${name} is at most ${mostBytes} bytes`, t => {
		t.true(Buffer.byteLength(read(name)) <= mostBytes);
	});

test('the cast is an asciicast of at most 30 s, whose times never go back', t => {
	const [head, ...events] = read('firebreak.cast')
		.trim()
		.split('\n')
		.map(line => JSON.parse(line));
	t.is(head.version, 2);
	t.true(head.width > 0 && head.height > 0);
	const times = events.map(([seconds]) => seconds);
	t.deepEqual(
		times,
		times.toSorted((one: number, other: number) => one - other),
	);
	t.true(times.at(-1) <= 30);
	t.true(events.every(([, kind, text]) => kind === 'o' && typeof text === 'string'));
});

test('the moving picture shows an attack, a policy in force, a quarantine and an explanation, without a script', t => {
	const svg = read('cast.svg');
	const words = wordsOf(svg);
	for (const what of [/T1210/, /segmented +is in force/, /was cut off after/, /DENIED/, /denied/]) t.regex(words, what);
	t.notRegex(svg, /<script/);
});

test('the picture of the report is the report that the README shows', t => {
	const words = wordsOf(read('report.svg')).replaceAll(/\s+/g, ' ');
	const shown = /<!-- made:shop -->\n```\n((?:.|\n)*?)\n\n/.exec(readFileSync(join(root, 'README.md'), 'utf8'))?.[1];
	for (const line of (shown ?? 'nothing').split('\n').slice(0, 4))
		t.true(words.includes(line.trim().split(/ {2,}/)[0]!), line);
	t.regex(words, /passed: \d+ expectations held/);
});
