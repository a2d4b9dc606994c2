import test from 'ava';
import {z} from 'zod';
import {readDocument} from '../../../core/files/document.ts';
import {validate} from '../../../core/files/validate.ts';
import {renderProblem} from '../../../core/model/problem.ts';

const name = z.string().regex(/^[a-z]+$/, 'a name has small letters');
const schema = z.strictObject({
	count: z.int().min(1).max(9).default(1),
	speaks: z.enum(['http', 'ssh']).optional(),
	jewel: z.union([z.boolean(), z.strictObject({in: z.array(name).min(1)})]).default(false),
	parts: z.record(name, z.strictObject({port: z.number()})).default({}),
	port: z.union([z.int(), z.string()]).optional(),
	label: z.string().optional(),
	goal: z.union([z.enum(['everything', 'jewels']), z.strictObject({workload: z.string()})]).optional(),
	even: z
		.number()
		.refine(value => value % 2 === 0, {message: 'even is odd', params: {mend: 'add one'}})
		.optional(),
});

function problemsOf(text: string): readonly string[] {
	const read = readDocument('f', text);
	if (read.kind === 'wrong') return ['unread'];
	const valid = validate(read.value, schema);
	return valid.kind === 'ok' ? [] : valid.problems.map(renderProblem);
}

test('what fits has its defaults', t => {
	const read = readDocument('f', 'speaks: ssh');
	const valid = read.kind === 'ok' ? validate(read.value, schema) : read;
	t.deepEqual(valid.kind === 'ok' && valid.value, {count: 1, speaks: 'ssh', jewel: false, parts: {}});
});

const cases: readonly (readonly [string, readonly string[]])[] = [
	['cuont: 2', ['f:1:1: there is no key "cuont" (did you mean count?)']],
	['count: 2\ncuont: 2', ['f:2:1: there is no key "cuont" (did you mean count?)']],
	[
		'parts:\n  a: {prot: 1}',
		['f:2:3: a lacks the key port (add it)', 'f:2:7: a has no key "prot" (did you mean port?)'],
	],
	['jewel: {on: [a]}', ['f:1:1: jewel lacks the key in (add it)', 'f:1:9: jewel has no key "on" (did you mean in?)']],
	['count: two', ['f:1:8: count is the text "two" (wanted a number)']],
	['count: 1.5', ['f:1:8: count is the number 1.5 (wanted a whole number)']],
	['count: 0', ['f:1:8: count is the number 0 (at least 1)']],
	['count: 10', ['f:1:8: count is the number 10 (at most 9)']],
	['speaks: shh', ['f:1:9: speaks is the text "shh" (did you mean ssh?)']],
	['speaks: 3', ['f:1:9: speaks is the number 3 (wanted http or ssh)']],
	['speaks: gopher', ['f:1:9: speaks is the text "gopher" (known: http, ssh)']],
	['parts: {A: {port: 1}}', ['f:1:9: "A" cannot be a name here (a name has small letters)']],
	['jewel: {in: [a, B]}', ['f:1:17: in[1] is the text "B" (a name has small letters)']],
	['jewel: {in: []}', ['f:1:13: in is an empty list (at least 1 of them)']],
	['jewel: yes', ['f:1:8: jewel is the text "yes" (wanted true or false or a map)']],
	['port: [1]', ['f:1:7: port is a list (wanted a number or a text)']],
	['label: 1.10', ['f:1:8: label is the number 1.1 (wanted a text: put it in quotes)']],
	['label:', ['f:1:7: label is empty (wanted a text)']],
	['goal: jewel', ['f:1:7: goal is the text "jewel" (did you mean jewels?)']],
	['even: 3', ['f:1:7: even is odd (add one)']],
	['- a', ['f:1:1: the file is a list (wanted a map)']],
	['', ['f:1:1: the file is empty (wanted a map)']],
	[
		'count: x\nspeaks: x\nx: 1',
		[
			'f:1:8: count is the text "x" (wanted a number)',
			'f:2:9: speaks is the text "x" (known: http, ssh)',
			'f:3:1: there is no key "x" (known: jewel, parts, port, label, goal, even)',
		],
	],
	[
		'"\\e[2J": 1',
		['f:1:1: there is no key "\\u001b[2J" (known: count, speaks, jewel, parts, port, label, goal, even)'],
	],
];

for (const [text, expected] of cases)
	test(`${JSON.stringify(text)} is told as ${expected[0]}`, t => t.deepEqual(problemsOf(text), expected));
