import test from 'ava';
import {placeText} from '../../core/measure/rule-text.ts';

test('a place has its line, and a folder, which has none, stands alone', t => {
	t.is(placeText({file: 'a.policy.yaml', line: 7, column: 3}), 'a.policy.yaml:7');
	t.is(placeText({file: 'manifests/', line: 1, column: 1}), 'manifests/');
});
