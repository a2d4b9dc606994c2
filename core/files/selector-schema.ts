// What a selector may look like in a file, for policies, scenarios and topologies alike. What it means: `selector.ts`.
import {z} from 'zod';

const scalar = z.union([z.string(), z.number(), z.boolean()]);
const oneOrMore = z.union([scalar, z.array(scalar).min(1)]);
const test = z.union([scalar, z.array(scalar).min(1), z.strictObject({not: oneOrMore})]);
const texts = z.union([z.string(), z.array(z.string()).min(1)]);

/** One map of a selector: all of its keys must hold. Every key that is not named here is a label. */
export const termSchema = z
	.object({
		workload: test.optional().describe('Names of workloads: web-1.prod, web.prod (its replicas) or web (everywhere)'),
		network: test.optional().describe('Networks (app: all its segments) or segments (app.prod)'),
		cidr: texts.optional().describe('Ranges of addresses, IPv4 and IPv6; they match outside hosts too'),
		except: texts.optional().describe('Ranges inside those of cidr that do not match'),
		outside: z
			.literal(true)
			.optional()
			.describe('Hosts that stand for the world beyond; without it none of them matches'),
		is: z.string().optional().describe('A name under define'),
	})
	.catchall(test.describe('A label: value, list of values, "*" (has it), { not: … }, { not: "*" } (lacks it)'));

/** A map, or a list of maps of which any must hold. `{}` is every workload and never an outside host. */
export const selectorSchema = z
	.union([termSchema, z.array(termSchema).min(1)])
	.describe('Workloads by their labels; {} is all of them, a list holds when any of its maps does');

export type TermInput = z.output<typeof termSchema>;
export type SelectorInput = z.output<typeof selectorSchema>;
export type TestInput = z.output<typeof test>;
