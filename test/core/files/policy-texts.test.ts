import test from 'ava';
import fc from 'fast-check';
import {parsePolicies} from '../../../core/files/policy.ts';
import {smallShop} from './small-shop.ts';

const anyText = fc.oneof(
	fc.string({unit: 'binary'}),
	fc.string({unit: 'grapheme'}),
	fc.constantFrom('"; flush ruleset; #', 'a\nb', '*', ''),
);

test('any text is a rule name, a ticket and a note, as it is or as a problem', t => {
	fc.assert(
		fc.property(anyText, text => {
			const file = JSON.stringify({policy: 'p', rules: [{allow: text, note: {ticket: text}}]});
			const parsed = parsePolicies([{file: 'a.yaml', text: file}], smallShop);
			if (parsed.kind === 'wrong') return parsed.problems.length > 0;
			const [it] = parsed.value[0]!.rules;
			return it!.name === text && it!.note!.ticket === text;
		}),
		{seed: 7},
	);
	t.pass();
});

test('any text is a label value that a workload has, or a problem; and a policy name, or a problem', t => {
	fc.assert(
		fc.property(anyText, fc.boolean(), (text, there) => {
			const known = {
				...smallShop,
				workloads: smallShop.workloads.map(one => (there ? {...one, labels: {...one.labels, odd: text}} : one)),
			};
			const file = JSON.stringify({policy: text, rules: [{allow: 'it', from: {odd: [text]}}]});
			const parsed = parsePolicies([{file: 'a.yaml', text: file}], known);
			if (parsed.kind === 'wrong') return parsed.problems.length > 0;
			const requirement = parsed.value[0]!.rules[0]!.from[0]!.requirements[0]!;
			const values = requirement.kind === 'label' ? requirement.values : undefined;
			return there && parsed.value[0]!.name === text && (text === '*' ? values === null : values?.[0] === text);
		}),
		{seed: 11},
	);
	t.pass();
});
