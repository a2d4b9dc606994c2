import test from 'ava';
import {readDocument, readSalvaging} from '../../../core/files/document.ts';
import {renderProblem} from '../../../core/model/problem.ts';

const problemsOf = (text: string): readonly string[] => {
	const read = readDocument('f.yaml', text);
	return read.kind === 'ok' ? [] : read.problems.map(renderProblem);
};

test('values, keys and items have the places where they stand', t => {
	const read = readDocument('f.yaml', 'a: 1\nb:\n  - x\n  - { c: [y] }\n"q r": |\n  text\n');
	if (read.kind === 'wrong') return t.fail();
	const {value, place} = read.value;
	t.deepEqual(value, {a: 1, b: ['x', {c: ['y']}], 'q r': 'text\n'});
	const places: [(string | number)[], 'key' | 'value', number, number][] = [
		[['a'], 'key', 1, 1],
		[['a'], 'value', 1, 4],
		[['b', 0], 'value', 3, 5],
		[['b', 1, 'c'], 'key', 4, 7],
		[['b', 1, 'c', 0], 'value', 4, 11],
		[['q r'], 'key', 5, 1],
		[['b', 1, 'missing', 'deeper'], 'value', 4, 5],
		[[], 'value', 1, 1],
	];
	for (const [path, part, line, column] of places)
		t.deepEqual(place(path, part), {file: 'f.yaml', line, column}, path.join('.'));
});

test('an alias is the value it stands for, at its own place as a key', t => {
	const read = readDocument('f.yaml', 'a: &one { x: 1 }\nb: *one\n');
	if (read.kind === 'wrong') return t.fail();
	t.deepEqual(read.value.value, {a: {x: 1}, b: {x: 1}});
	t.is(read.value.place(['b'], 'key').line, 2);
});

test('numbers as keys are words', t => {
	const read = readDocument('f.yaml', '22: a\n1.10: b\ntrue: c\n');
	t.deepEqual(read.kind === 'ok' && read.value.value, {22: 'a', '1.10': 'b', true: 'c'});
});

const broken: readonly (readonly [string, string, RegExp])[] = [
	['a tab', 'a:\n\tb: 1', /^f\.yaml:2:1: not YAML: Tabs .*\(indent with spaces\)$/],
	['a key that stands twice', 'a: 1\nb: 2\na: 3', /^f\.yaml:3:1: the key "a" stands twice/],
	['a second document', 'a: 1\n---\nb: 2', /^f\.yaml:2:1: .*second document/],
	['a binary file', '\u0000\u0001\u0002ELF', /^f\.yaml:1:1: this is not text: character U\+0000/],
	['bytes that are not UTF-8', 'a: 1\nb: \ufffd', /^f\.yaml:2:4: this is not text: character U\+FFFD/],
	['an escape to the terminal', 'a: \u001b[2J', /character U\+001B/],
	['a tag', 'a: !!js/function x', /^f\.yaml:1:4: .*\(tags/],
	['a merge key', 'a: &a {}\nb: {<<: *a}', /^f\.yaml:2:5: merge keys/],
	['a prototype', '__proto__: {x: 1}', /^f\.yaml:1:1: a key cannot be called __proto__/],
	['an alias of nothing', 'a: *b', /no anchor "&b"/],
	['an alias of itself', 'a: &a [*a]', /stands inside what it stands for/],
	['a list as key', '? [a]\n: b', /a key must be a word/],
	['no key', ': b', /a key must be a word/],
];

for (const [title, text, expected] of broken)
	test(`${title} is a problem with its place`, t => t.regex(problemsOf(text)[0] ?? '', expected));

const nested = Array.from({length: 900}, (_, depth) => `${' '.repeat(depth)}a:\n`).join('');
const bomb = `a0: &a0 x\n${Array.from({length: 60}, (_, i) => `a${i + 1}: &a${i + 1} [${Array(9).fill(`*a${i}`).join()}]\n`).join('')}`;
const hostile: Readonly<Record<string, string>> = {
	'10 MB of brackets': '['.repeat(1e7),
	'a megabyte of open brackets': '['.repeat(1e6),
	'a megabyte of closed brackets': '[]'.repeat(4e5),
	'a megabyte of closing brackets': ']'.repeat(9e5),
	'a megabyte of dashes': '- '.repeat(4e5),
	'a megabyte of question marks': '? '.repeat(4e5),
	'a thousand levels of indentation': nested,
	'aliases of aliases': bomb,
	'a list of aliases of itself': '&a [*a, *a]',
	'a megabyte of commas': `[${','.repeat(9e5)}]`,
};

for (const [title, text] of Object.entries(hostile))
	test.serial(`${title}: a few problems, soon`, t => {
		const before = process.cpuUsage();
		const problems = problemsOf(text);
		t.true(problems.length > 0 && problems.length <= 100);
		// Processor time, since the machine may be busy. Each takes under 1 s, most of them 10 ms.
		const {user, system} = process.cpuUsage(before);
		t.true(user + system < 3e6);
	});

test('a file of nothing is read as null', t => {
	for (const text of ['', '\n\n', '# only words']) {
		const read = readDocument('f.yaml', text);
		t.is(read.kind === 'ok' ? read.value.value : 'wrong', null);
	}
});

test('merge keys, where they are asked for, add what the map lacks, with the places where it stands', t => {
	const text = 'a: &a {x: 1, y: 1}\nb: &b {y: 2, z: 2}\nc: {<<: [*a, *b], x: 0}\nd:\n  <<: *a\n';
	const {document, problems} = readSalvaging('f', text, 'read');
	t.deepEqual(problems, []);
	t.deepEqual(document!.value, {a: {x: 1, y: 1}, b: {y: 2, z: 2}, c: {x: 0, y: 1, z: 2}, d: {x: 1, y: 1}});
	t.deepEqual(document!.place(['c', 'z']), {file: 'f', line: 2, column: 17});
	t.deepEqual(
		readSalvaging('f', 'a: {<<: 1}', 'read').problems.map(({what}) => what),
		['a merge key (<<) names something that is no map'],
	);
});
