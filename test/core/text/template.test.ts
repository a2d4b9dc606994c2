import test from 'ava';
import {createTemplate} from '../../../core/text/template.ts';

test('values stand as they are, nothing is escaped', t => {
	t.is(createTemplate('x', '<{{ a }}>')({a: '<&"\'>'}), '<<&"\'>>');
});

test('an undefined value is an error, at any depth', t => {
	t.throws(() => createTemplate('x', '{{ a }}')({}));
	t.throws(() => createTemplate('x', '{{ a.b }}')({a: {}}));
});

test('a template cannot load another', t => {
	t.throws(() => createTemplate('x', '{% include "/etc/passwd" %}')({}));
});

test('a malformed template is refused when it is made, by its name', t => {
	t.throws(() => createTemplate('host.njk', '{% if %}'), {message: /host\.njk/});
});
