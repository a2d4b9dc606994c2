import {execFileSync} from 'node:child_process';
import test from 'ava';
import {shellWords} from '../../lab/shell-words.ts';

const hard = [
	['printf', '%s|'],
	[
		'',
		' ',
		"'",
		"''",
		'"',
		'\\',
		"\\'",
		'$HOME',
		'$(id)',
		'`id`',
		'!!',
		'#',
		'~',
		'*',
		';',
		'&',
		'|',
		'>x',
		'(',
		'\n',
		'\t',
		'é',
		'-n',
	],
	["it's", "'; echo pwned; '", "'\\''", '--', '=', '{a,b}', '[a-z]*', '\r', '\u001b[31m'],
];

test('a shell reads back exactly the words, whatever stands in them', t => {
	for (const words of hard) {
		const out = execFileSync('sh', ['-c', `printf '%s\\0' ${shellWords(words)}`], {encoding: 'utf8'});
		t.deepEqual(out.split('\0').slice(0, -1), words);
	}
});

test('seeded random words of the characters that mean something come back too', t => {
	const alphabet = ["'", '"', '\\', '$', '`', ' ', '\n', '*', '?', '!', ';', '&', '(', 'a', '#', '~'];
	let state = 20_261_122;
	const random = (below: number): number => {
		state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
		return Math.floor((state / 2 ** 31) * below);
	};
	const words = Array.from({length: 300}, () =>
		Array.from({length: random(9)}, () => alphabet[random(alphabet.length)]!).join(''),
	);
	const out = execFileSync('sh', ['-c', `printf '%s\\0' ${shellWords(words)}`], {encoding: 'utf8'});
	t.deepEqual(out.split('\0').slice(0, -1), words, 'seed 20261122');
});
