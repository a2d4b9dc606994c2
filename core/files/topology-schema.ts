// The shape of a topology file: every key, its default and what it means. What the words in it name: `topology.ts`.
import {z} from 'zod';
import {nameSchema} from './name.ts';
import {selectorSchema} from './selector-schema.ts';
import {type serviceSchema, workloadSchema} from './workload-schema.ts';

const networkSchema = z.strictObject({
	cidr: z
		.string()
		.describe('IPv4 range, cut into equal segments, one an environment; each has an IPv6 /64 that follows from it'),
});

const dependencySchema = z
	.strictObject({
		need: z.string().min(1).describe('What it is for, in words'),
		from: selectorSchema.optional().describe('Who needs it; left out: every workload'),
		to: selectorSchema.optional().describe('Of whom; left out: every workload that has such a service'),
		on: z
			.array(z.union([z.number(), z.string()]))
			.min(1)
			.describe('Services by name, or ports: 9100, 53/udp'),
		vital: z.boolean().default(false).describe('Broken means failed, whatever a rehearsal expects'),
	})
	.describe('What everyone needs of one, or one of everyone');

const secretSchema = z
	.strictObject({
		kind: z.enum(['ssh-key', 'password']).describe('ssh-key opens only what speaks ssh'),
		user: z
			.string()
			.regex(/^[a-z_][a-z0-9_-]{0,30}$/, 'a user is written as on Linux: small letters, digits, - and _')
			.default('operator')
			.describe('Whom it logs in as'),
		wellKnown: z
			.boolean()
			.default(false)
			.describe('true: a password that was never changed, the name of its user: whoever guesses has it'),
		per: z
			.array(z.enum(['env']))
			.max(1)
			.default([])
			.describe('[env]: one for each environment, which opens nothing in another'),
		opens: z
			.array(
				z.strictObject({
					service: z.string().describe('Name of a service'),
					of: selectorSchema.describe('Workloads whose service of that name it opens'),
				}),
			)
			.describe('Where whoever holds it can log in; an empty list where that is not known'),
	})
	.describe('A key or password, found by an attacker in the workloads that hold it');

/** The sections of the file, one schema each. */
export const topologyShape = {
	topology: nameSchema.describe('Name of the topology'),
	runtime: z
		.enum(['netns', 'docker'])
		.optional()
		.meta({description: 'netns: namespaces of the lab’s own; docker: a container each (needs root)', default: 'netns'}),
	environments: z.array(nameSchema).default([]).describe('prod, dev, test …; the label env has their names'),
	networks: z
		.record(nameSchema, networkSchema)
		.default({})
		.describe('Networks by name; without any there is one, net, 198.18.0.0/16'),
	workloads: z.record(nameSchema, workloadSchema).default({}).describe('Workloads by name'),
	dependencies: z.array(dependencySchema).default([]).describe('Flows that the business needs, beside needs'),
	secrets: z.record(nameSchema, secretSchema).default({}).describe('Secrets by name'),
} as const;

export const topologySchema = z
	.strictObject(topologyShape)
	.describe('A topology: what exists. See LANGUAGE, "Topology"');

export type TopologyInput = z.output<typeof topologySchema>;
export type NetworkInput = z.output<typeof networkSchema>;
export type DependencyInput = z.output<typeof dependencySchema>;
export type SecretInput = z.output<typeof secretSchema>;
export type WorkloadInput = z.output<typeof workloadSchema>;
export type ServiceInput = z.output<typeof serviceSchema>;
