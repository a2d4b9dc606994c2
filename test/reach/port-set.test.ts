import test from 'ava';
import fc from 'fast-check';
import type {Protocol} from '../../core/model/topology.ts';
import {
	difference,
	everyPort,
	hasPort,
	intersection,
	noPorts,
	type PortSet,
	portSet,
	rangesOf,
	renderPorts,
	samePorts,
	union,
} from '../../core/reach/port-set.ts';

const protocol = fc.constantFrom<Protocol>('tcp', 'udp', 'sctp');
const range = fc
	.tuple(protocol, fc.integer({min: 1, max: 30}), fc.integer({min: 0, max: 5}))
	.map(([of, first, more]) => ({protocol: of, first, last: first + more}));
const icmp = fc.constant({protocol: 'icmp' as const, first: 0, last: 0});
const edge = fc.constantFrom(
	{protocol: 'tcp' as const, first: 65_530, last: 65_535},
	{protocol: 'udp' as const, first: 0, last: 65_535},
);
const sets = fc.array(fc.oneof(range, icmp, edge), {maxLength: 8}).map(portSet);
const points = (['tcp', 'udp', 'sctp'] as const).flatMap(of =>
	[...Array(40).keys(), 65_529, 65_530, 65_535].filter(port => port > 0).map(port => [of, port] as const),
);
const everyPoint = [...points, ['icmp', 0] as const];

/** Sorted, disjoint, and no two that touch within one protocol. */
const isCanonical = (set: PortSet): boolean =>
	samePorts(set, portSet(rangesOf(set))) && set.every((value, at) => at === 0 || value >= set[at - 1]!);

test('union, intersection and difference say of every port what logic says, and keep the one form', t => {
	fc.assert(
		fc.property(sets, sets, (a, b) => {
			const [or, and, not] = [union(a, b), intersection(a, b), difference(a, b)];
			for (const [of, port] of everyPoint) {
				const [inA, inB] = [hasPort(a, of, port), hasPort(b, of, port)];
				if (hasPort(or, of, port) !== (inA || inB)) return false;
				if (hasPort(and, of, port) !== (inA && inB)) return false;
				if (hasPort(not, of, port) !== (inA && !inB)) return false;
			}
			return [or, and, not].every(isCanonical);
		}),
		{numRuns: 2000},
	);
	t.pass();
});

test('everything and nothing are the two ends of it', t => {
	t.true(samePorts(difference(everyPort, everyPort), noPorts));
	t.true(samePorts(union(everyPort, noPorts), everyPort));
	t.true(hasPort(everyPort, 'icmp', 0) && hasPort(everyPort, 'sctp', 65_535) && !hasPort(everyPort, 'tcp', 0));
});

const words: readonly (readonly [string, Parameters<typeof portSet>[0], string])[] = [
	['nothing', [], 'No Connections'],
	['icmp alone', [{protocol: 'icmp', first: 0, last: 0}], 'No Connections'],
	[
		'neighbours',
		[
			{protocol: 'tcp', first: 80, last: 80},
			{protocol: 'tcp', first: 81, last: 90},
		],
		'TCP 80-90',
	],
	[
		'several protocols',
		[
			{protocol: 'udp', first: 53, last: 53},
			{protocol: 'tcp', first: 1, last: 79},
			{protocol: 'tcp', first: 443, last: 443},
		],
		'TCP 1-79,443,UDP 53',
	],
];
for (const [what, ranges, text] of words) test(`${what} reads ${text}`, t => t.is(renderPorts(portSet(ranges)), text));
test('everything reads All Connections', t => t.is(renderPorts(everyPort), 'All Connections'));
