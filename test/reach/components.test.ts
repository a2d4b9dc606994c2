import test from 'ava';
import fc from 'fast-check';
import {componentsOf} from '../../core/reach/components.ts';

const graph = fc.integer({min: 1, max: 9}).chain(size =>
	fc.record({
		size: fc.constant(size),
		edges: fc.array(fc.tuple(fc.nat(size - 1), fc.nat(size - 1)), {maxLength: 3 * size}),
	}),
);

test('two nodes are of one component when and only when each reaches the other', t => {
	fc.assert(
		fc.property(graph, ({size, edges}) => {
			const reaches = Array.from({length: size}, (_, from) => Array.from({length: size}, (_, to) => from === to));
			for (const [from, to] of edges) reaches[from]![to] = true;
			for (let by = 0; by < size; by++)
				for (let from = 0; from < size; from++)
					for (let to = 0; to < size; to++) reaches[from]![to] ||= reaches[from]![by]! && reaches[by]![to]!;
			const {of, members} = componentsOf(size, node =>
				Int32Array.from(edges.flatMap(([from, to]) => (from === node ? [to] : []))),
			);
			const every = members.flat().sort((a, b) => a - b);
			if (every.length !== size || every.some((node, at) => node !== at)) return false;
			if (members.some((its, number) => its.some(node => of[node] !== number))) return false;
			return reaches.every((row, from) =>
				row.every((_, to) => (of[from] === of[to]) === (reaches[from]![to]! && reaches[to]![from]!)),
			);
		}),
		{numRuns: 2000},
	);
	t.pass();
});

test('a chain of a hundred thousand nodes is no stack too deep', t => {
	const size = 100_000;
	const {members} = componentsOf(size, node => Int32Array.from([(node + 1) % size]));
	t.is(members.length, 1);
});
