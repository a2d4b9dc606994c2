// Whatever is done to a topology file, parsing gives a topology or problems with places in it, and never throws.
import test from 'ava';
import fc from 'fast-check';
import {parseTopology} from '../../../core/files/topology.ts';
import {shopText} from './topology-files.ts';

const odd = [
	...['[', ']', '{', '}', ':', '-', '?', '*', '&a', '!', '"', "'", '#', '\n', '\t', ' ', ',', '|', '>', '%', '\u0000'],
	...[
		'null',
		'~',
		'[]',
		'{}',
		'-1',
		'1e400',
		'.nan',
		'""',
		'__proto__',
		'constructor',
		'toString',
		'env',
		'0/0',
		'::1',
	],
	...['10.0.0.0/33', '300.1.1.1/8', 'a.b', 'prod', 'web', '\u001b[2J', '\u202e', '\ud800', 'é', '99999999999999999999'],
] as const;

const mutation = fc.record({
	at: fc.nat(shopText.length),
	length: fc.oneof(fc.constant(0), fc.nat(12), fc.nat(200)),
	by: fc.oneof(
		fc.constantFrom(...odd),
		fc.string({maxLength: 8}),
		fc.nat(shopText.length).map(at => shopText.slice(at, at + 30)),
	),
});

const mutated = fc
	.array(mutation, {minLength: 1, maxLength: 4})
	.map(all => all.reduce((text, {at, length, by}) => text.slice(0, at) + by + text.slice(at + length), shopText));

/** Replaces one value of the file by another: still YAML, so that it gets further in. */
const word = fc.constantFrom(...new Set(shopText.match(/[\w.@-]+|\[[^\]]*\]|\{[^{}]*\}/g) ?? []));
const swapped = fc
	.array(fc.tuple(word, fc.oneof(word, fc.constantFrom(...odd))), {minLength: 1, maxLength: 4})
	.map(all => all.reduce((text, [from, to]) => text.replace(from, () => to), shopText));

for (const [title, texts] of [
	['cut and pasted', mutated],
	['with words replaced', swapped],
	['of anything', fc.string({unit: 'binary', maxLength: 300})],
] as const)
	test(`a file ${title} never makes the parser throw, and every problem has a place in it`, t => {
		fc.assert(
			fc.property(texts, text => {
				const parsed = parseTopology([{file: 'f', text}]);
				if (parsed.kind === 'ok') return parsed.value.workloads.every(({addresses}) => addresses.length >= 2);
				const lines = text.split('\n').length;
				return (
					parsed.problems.length > 0 &&
					parsed.problems.every(
						({where, what, mend}) =>
							where.file === 'f' &&
							where.line >= 1 &&
							where.line <= lines &&
							where.column >= 1 &&
							what.length > 0 &&
							// biome-ignore lint/suspicious/noControlCharactersInRegex: they must not reach a terminal
							!/[\u0000-\u001f\u007f-\u009f\u202e]/.test(what + mend),
					)
				);
			}),
			{numRuns: 400},
		);
		t.pass();
	});

test('replicas, environments and networks at random: addresses are unique and lie in their segments', t => {
	const shape = fc.record({
		environments: fc.uniqueArray(fc.constantFrom('prod', 'dev', 'test', 'ops', 'lab'), {maxLength: 5}),
		workloads: fc.array(fc.record({replicas: fc.integer({min: 1, max: 6}), inAll: fc.boolean(), both: fc.boolean()}), {
			minLength: 1,
			maxLength: 8,
		}),
	});
	fc.assert(
		fc.property(shape, ({environments, workloads}) => {
			const value = {
				topology: 't',
				environments,
				networks: {a: {cidr: '10.0.0.0/20'}, b: {cidr: '10.1.0.0/16'}},
				workloads: Object.fromEntries(
					workloads.map(({replicas, inAll, both}, index) => [
						`w${index}`,
						{
							replicas,
							networks: both ? ['a', 'b'] : ['a'],
							...(inAll && environments.length > 0 ? {in: environments} : {}),
						},
					]),
				),
			};
			const parsed = parseTopology([{file: 'f', text: JSON.stringify(value)}]);
			if (parsed.kind === 'wrong') return false;
			const all = parsed.value.workloads.flatMap(({addresses}) => addresses.map(({address}) => address));
			return (
				new Set(all).size === all.length &&
				parsed.value.workloads.every(({segments, addresses}) => addresses.length === 2 * segments.length)
			);
		}),
		{numRuns: 200},
	);
	t.pass();
});
