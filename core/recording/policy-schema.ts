// Of policies in a recording, what is read.
import {z} from 'zod';
import {placements} from '../model/policy.ts';

export const text = z.string();
export const texts = z.array(text);

export const place = z.looseObject({file: text, line: z.number(), column: z.number()});

interface Term {
	readonly requirements: readonly unknown[];
}

const term: z.ZodType<Term> = z.lazy(() =>
	z.looseObject({reach: z.enum(['workloads', 'outside', 'anything']), requirements: z.array(requirement)}),
);
export const selector = z.array(term);

const requirement = z.discriminatedUnion('kind', [
	z.looseObject({kind: z.enum(['label', 'namespace-label']), key: text, values: texts.nullable(), wanted: z.boolean()}),
	z.looseObject({kind: z.enum(['namespace', 'workload', 'network']), names: texts, wanted: z.boolean()}),
	z.looseObject({kind: z.literal('cidr'), cidrs: texts, except: texts}),
	z.looseObject({kind: z.literal('is'), name: text, selector}),
]);

const protocol = z.enum(['tcp', 'udp', 'sctp']);
const port = z.discriminatedUnion('kind', [
	z.looseObject({kind: z.literal('range'), protocol, first: z.number(), last: z.number()}),
	z.looseObject({kind: z.literal('protocol'), protocol: z.enum(['tcp', 'udp', 'icmp', 'sctp'])}),
	z.looseObject({kind: z.literal('service'), name: text, protocol: protocol.nullable()}),
]);

const match = z.looseObject({
	from: selector,
	to: selector,
	same: texts,
	differ: texts,
	on: z.array(port).nullable(),
});

const direction = z.enum(['ingress', 'egress']);
const mode = z.enum(['observe', 'enforce']);

const rule = z.looseObject({
	...match.shape,
	...{id: text, name: text, action: z.enum(['allow', 'deny', 'pass']), mode},
	...{direction: direction.nullable(), unless: z.array(match), where: place},
});

const policy = z.looseObject({
	...{name: text, id: text, dialect: z.enum(['native', 'kubernetes'])},
	...{default: z.enum(['allow', 'deny']), mode, enforce: selector, applies: selector},
	directions: z.array(direction),
	...{guardrails: z.array(rule), rules: z.array(rule), baseline: z.array(rule)},
	isolates: z.boolean(),
	where: place,
});

export const stack = z.array(policy);

export const placement = z.enum(placements);

export const inForce = z.looseObject({name: text, stack, placement, observed: z.boolean()});
