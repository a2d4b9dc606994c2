import test from 'ava';
import {safeComment} from '../../../enforcers/compile/comment.ts';

for (const [written, shown] of [
	['web calls api', 'web calls api'],
	['"; flush ruleset; #', "'; flush ruleset; #"],
	['a\n\t b\u2028c', 'a b c'],
	['back\\slash', 'back/slash'],
	['\u001b[31mred\u202e', '?[31mred?'],
	['half \ud83d', 'half �'],
	['größer → 😀', 'größer → 😀'],
] as const)
	test(`${JSON.stringify(written)} is shown as ${shown}`, t => {
		t.is(safeComment(written), shown);
	});

test('it is cut between characters, at a hundred bytes', t => {
	t.is(safeComment('ö'.repeat(60)), 'ö'.repeat(50));
	t.is(safeComment(`a${'😀'.repeat(30)}`), `a${'😀'.repeat(24)}`);
});
