// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of Compose files are written so
import test from 'ava';
import {interpolate} from '../../core/assembly/interpolate.ts';

const set: Readonly<Record<string, string>> = {A: 'a', EMPTY: ''};
const fill = (text: string): string => interpolate(text, name => set[name]).text;

const table: readonly (readonly [text: string, filled: string])[] = [
	['$A-${A}-$B', 'a-a-'],
	['${B:-x}${B-x}${EMPTY:-x}${EMPTY-x}', 'xxx'],
	['${A:+y}${EMPTY:+y}${EMPTY+y}${B+y}', 'yy'],
	['${B:-${A:-z}b}', 'ab'],
	['${host:=ens3}', 'ens3'],
	['$$A and $$ and $ and $1', '$A and $ and $ and $1'],
	['${B:-a}b}', 'ab}'],
];
for (const [text, filled] of table) test(`${text} becomes ${filled}`, t => t.is(fill(text), filled));

test('what nobody set is named, and what cannot be used says why', t => {
	t.deepEqual(interpolate('$B ${C}', () => undefined).unset, ['B', 'C']);
	t.is(interpolate('${B?no B here}', () => undefined).wrong, 'the variable B is required: no B here');
	t.is(interpolate('${EMPTY:?}', name => set[name]).wrong, 'the variable EMPTY is required');
	t.is(interpolate('${A', name => set[name]).wrong, '"${A" has no closing }');
	t.is(interpolate('${A!}', name => set[name]).wrong, '"${A!}" is not a variable');
	t.true(interpolate('$A', name => set[name]).filled);
	t.false(interpolate('${B:-x}', name => set[name]).filled);
});
