import test from 'ava';
import {didYouMean, nearest} from '../../../core/files/nearest.ts';

const cases: readonly (readonly [string, string, readonly string[], string | undefined])[] = [
	['a swap of neighbours is one edit', 'bd', ['api', 'db'], 'db'],
	['one letter of one letter is nothing like it', 'x', ['a', 'b'], undefined],
	['case does not count', 'Postgres', ['postgres'], 'postgres'],
	['two edits of a long word are near', 'postgers1', ['postgres'], 'postgres'],
	['two edits of a short word are far', 'apxx', ['api'], undefined],
	['the nearest wins, whatever the order', 'prd', ['rod', 'prod'], 'prod'],
	['of two equally near ones the first in the alphabet', 'dab', ['dub', 'dib'], 'dib'],
	['a swap next to other edits is still found', 'htpt', ['http'], 'http'],
	['nothing is known', 'web', [], undefined],
	['a word of a megabyte has no neighbour', 'x'.repeat(1e6), ['x'], undefined],
];

for (const [title, word, known, expected] of cases) test(title, t => t.is(nearest(word, known), expected));

test('without a near word, eight of those that are known are told', t => {
	const known = Array.from({length: 10}, (_, index) => `workload-${index}`);
	t.is(didYouMean('zz', known), `known: ${known.slice(0, 8).join(', ')} and 2 more`);
	t.is(didYouMean('zz', ['http', 'ssh']), 'known: http, ssh');
	t.is(didYouMean('shh', ['http', 'ssh']), 'did you mean ssh?');
	t.is(didYouMean('zz', []), '');
});
