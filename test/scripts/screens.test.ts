// What the README shows of the program is what the program is: blocks that scripts/screens.mjs writes.
import {spawnSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import {root} from '../house/source-tree.ts';

interface Screens {
	readonly made: Readonly<Record<string, () => string>>;
	readonly withBlock: (text: string, name: string, block: string) => string;
}
const {made, withBlock} = (await import(join(root, 'scripts/screens.mjs'))) as Screens;
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const blockOf = (name: string): string =>
	readme.split(`<!-- made:${name} -->\n`)[1]!.split(`<!-- /made:${name} -->`)[0]!;

for (const [name, make] of Object.entries(made))
	test(`the README's ${name} follows from the sources (else: node scripts/screens.mjs ${name})`, t => {
		t.is(blockOf(name), `${make()}\n`);
	});

test('every block of the README is one that the script writes', t => {
	const names = [...readme.matchAll(/<!-- made:(\S+) -->/g)].map(match => match[1]!);
	t.deepEqual(names.toSorted(), ['shop', ...Object.keys(made)].toSorted());
});

test("the README's screen has the figures and the ways that the program gives (else: node scripts/screens.mjs shop)", t => {
	const {stdout, status, stderr} = spawnSync(
		process.execPath,
		['--no-warnings', 'cli/main.ts', 'rehearse', 'shop', '--model-only'],
		{cwd: root, encoding: 'utf8'},
	);
	t.is(status, 0, stderr);
	// A line is broken elsewhere where a word of it is longer.
	const said = (screen: string): string => found(screen).join(' ').replaceAll(', by the model: ', ', measured: ');
	t.is(said(blockOf('shop')), said(stdout));
	t.true(found(stdout).length > 35);
	t.regex(blockOf('shop'), /✓ passed: \d+ expectations held\n\n {2}what this does not show/);
});

/** From the first column heads to the last word, but for what only packets tell; columns are as wide as units let them. */
function found(screen: string): readonly string[] {
	const lines = screen.split('\n').map(line => line.trim().replaceAll(/ +/g, ' '));
	const first = lines.findIndex(line => line.startsWith('ransomware flat'));
	const last = lines.findIndex(line => line.startsWith('✓ passed'));
	return lines.slice(first, last).filter(line => !line.startsWith('flows agreed on'));
}

test('a block is replaced between its marks and nowhere else', t => {
	const text = 'a\n<!-- made:x -->\nold\n<!-- /made:x -->\nb\n<!-- made:y -->\n<!-- /made:y -->\n';
	t.is(
		withBlock(text, 'x', '$& new'),
		text.replace('old', () => '$& new'),
	);
	t.throws(() => withBlock(text, 'z', ''), {message: /no one block/});
	t.throws(() => withBlock(text + text, 'x', ''), {message: /no one block/});
});
