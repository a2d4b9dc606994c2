// Of a recording's head, what is read.
import ipaddr from 'ipaddr.js';
import {z} from 'zod';
import {inForce, place, placement, selector, stack, text, texts} from './policy-schema.ts';
import {recordingSchema} from './recording.ts';

const address = z.looseObject({
	family: z.union([z.literal(4), z.literal(6)]),
	address: text.refine(ipaddr.isValid, 'this is no address'),
	segment: text.nullable(),
});

const protocol = z.enum(['tcp', 'udp', 'sctp']);

const service = z.looseObject({
	...{name: text, protocol, port: z.number(), lastPort: z.number(), speaks: text, weak: texts},
});

const labels = z.record(text, text);

const workload = z.looseObject({
	...{name: text, kind: text, base: text, environment: text.nullable(), labels},
	...{namespace: text.nullable(), namespaceLabels: labels, addresses: z.array(address).min(1), segments: texts},
	...{services: z.array(service), holds: texts, jewel: z.boolean(), outside: z.boolean(), managed: z.boolean()},
	...{assumed: z.boolean(), knows: texts},
});

const dependency = z.looseObject({
	...{from: text, to: text, protocol, port: z.number(), service: text.nullable()},
	...{dangling: z.boolean(), vital: z.boolean(), source: z.enum(['declared', 'imported', 'assumed', 'learned'])},
});

const topology = z.looseObject({
	name: text,
	environments: texts,
	segments: z.array(z.looseObject({name: text, network: text})),
	workloads: z.array(workload),
	dependencies: z.array(dependency),
	secrets: z.array(
		z.looseObject({id: text, kind: text, opens: z.array(z.looseObject({workload: text, service: text}))}),
	),
	weakByDefault: z.enum(['declared', 'all']),
});

const scenario = z.looseObject({name: text, foothold: selector.nullable(), strategy: text, techniques: texts});

const candidate = z.looseObject({name: text, stack, placement, today: z.boolean(), files: texts, where: place});

const rehearsal = z.looseObject({
	...{name: text, folder: text, topology, candidates: z.array(candidate).min(1), scenarios: z.array(scenario)},
});

export const headSchema = z.looseObject({
	schema: z.literal(recordingSchema),
	...{version: text, lab: text, startedAt: z.number(), nowMs: z.number(), rehearsal, inForce},
	compromised: z.array(z.looseObject({workload: text, from: text.nullable(), technique: text.nullable()})),
	sources: z.record(text, text),
});
