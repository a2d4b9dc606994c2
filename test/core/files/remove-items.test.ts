import test from 'ava';
import {removeItems} from '../../../core/files/remove-items.ts';

/** Places of the items that are marked with a `▸` in front, and the text without the marks. */
function marked(text: string): {readonly text: string; readonly places: readonly {line: number; column: number}[]} {
	const places: {line: number; column: number}[] = [];
	const lines = text.split('\n').map((line, at) => {
		let clean = line;
		for (let column = clean.indexOf('▸'); column >= 0; column = clean.indexOf('▸')) {
			places.push({line: at + 1, column: column + 1});
			clean = clean.replace('▸', '');
		}
		return clean;
	});
	return {text: lines.join('\n'), places};
}

const cases: readonly {readonly title: string; readonly before: string; readonly after: string | null}[] = [
	{
		title: 'an item goes with its lines, and comments of their own lines stay',
		before: 'rules: # all\n  # first\n  - ▸allow: a # one\n    on: [80/tcp]\n    # inside\n  - allow: b\n',
		after: 'rules: # all\n  # first\n    # inside\n  - allow: b\n',
	},
	{
		title: 'of two blank lines that meet one goes',
		before: 'rules:\n  - allow: a\n\n  - ▸allow: b\n    on: [1/tcp]\n\n  - allow: c\n',
		after: 'rules:\n  - allow: a\n\n  - allow: c\n',
	},
	{
		title: 'a list that loses all of its items stays as an empty one',
		before: 'a:\n  rules: # these\n    - ▸x: 1\n    - ▸x: 2\n  more: 1\n',
		after: 'a:\n  rules: [] # these\n  more: 1\n',
	},
	{
		title: 'a list at the margin of its key, as Kubernetes writes them',
		before: 'spec:\n  ingress:\n  - ▸from:\n    - podSelector: {}\n    ports: [{port: 80}]\n  - from: []\n',
		after: 'spec:\n  ingress:\n  - from: []\n',
	},
	{title: 'the first item of a flow list', before: 'a: [▸{b: 1}, {b: 2}, {b: 3}]\n', after: 'a: [{b: 2}, {b: 3}]\n'},
	{title: 'the last items of a flow list', before: 'a: [{b: 1}, ▸{b: 2}, ▸{b: 3}] # c\n', after: 'a: [{b: 1}] # c\n'},
	{title: 'all items of a flow list', before: 'a: [▸{b: 1}, ▸{b: 2}]\n', after: 'a: []\n'},
	{
		title: 'an item of a later document',
		before: '---\na: [{b: 1}]\n---\na:\n- ▸b: 1\n- b: 2\n',
		after: '---\na: [{b: 1}]\n---\na:\n- b: 2\n',
	},
	{
		title: 'an item of JSON',
		before: '{\n  "a": [\n    ▸{"b": 1},\n    {"b": 2}\n  ]\n}\n',
		after: '{\n  "a": [\n    {"b": 2}\n  ]\n}\n',
	},
	{title: 'lines that end as Windows ends them', before: 'a:\r\n- ▸b: 1\r\n- b: 2\r\n', after: 'a:\r\n- b: 2\r\n'},
	{
		title: 'a text of several lines in the item',
		before: 'a:\n- ▸b: |\n    x\n    - y\n- b: 2\n',
		after: 'a:\n- b: 2\n',
	},
	{title: 'no place that is no item', before: '▸a:\n- b: 1\n', after: null},
	{title: 'no item inside an item, where the dash is not first on its line', before: 'a:\n- - ▸b: 1\n', after: null},
	{title: 'no file that is none', before: 'a: [▸{b: 1}\n', after: null},
];

for (const {title, before, after} of cases)
	test(title, t => {
		const {text, places} = marked(before);
		t.is(removeItems(text, places), after);
	});
