// The shape of one workload in a topology file. The keys are optional here, with their default beside them for editors:
// what an environment leaves out is what the workload says, and only then the default (`topology-kinds.ts`).
import {z} from 'zod';
import {aliasSchema, nameSchema} from './name.ts';
import {selectorSchema} from './selector-schema.ts';

/** Most replicas of a workload: what the default network has room for, and more than a lab can boot. */
export const mostReplicas = 60_000;

const speaks = ['tcp', 'udp', 'http', 'ssh', 'postgres', 'redis', 'mysql', 'smb', 'ldap', 'dns', 'kafka'] as const;

const port = z.union([z.number(), z.string()]).describe('443, 53/udp, or a range: 49152-65535, 6000-6010/udp');

const weakness = z.union([
	z.string().min(1),
	z.strictObject({
		cve: z.string().min(1).describe('Identifier of the weakness'),
		works: z
			.number()
			.min(0.01)
			.max(1)
			.default(1)
			.describe('0 to 1: that an exploit of it works; drawn once for a run and service, by the seed'),
	}),
]);

const serviceDetails = {
	speaks: z
		.enum(speaks)
		.optional()
		.meta({description: 'What speaks there; left out: a plain listener, tcp or udp as its port'}),
	weak: z.array(weakness).optional().meta({
		description:
			'Its weaknesses, by which an attacker can exploit it: identifiers, or { cve: CVE-2021-44228, works: 0.7 }',
		default: [],
	}),
};

export const serviceSchema = z.strictObject({port, ...serviceDetails});
const serviceChange = z.strictObject({port: port.optional(), ...serviceDetails});

const labels = z.record(z.string().min(1), z.string()).optional().meta({
	description: 'Labels by name; env, network and workload are given by Firebreak',
	default: {},
});

const texts = z.array(z.string());
const oneOrMore = texts.min(1);
const scalars = z.record(z.string().min(1), z.union([z.string(), z.number(), z.boolean()]));

const buildSchema = z.strictObject({
	build: z.string().min(1).describe('The folder to build, beside this file or below: ./api'),
	dockerfile: z.string().min(1).optional().meta({description: 'Its Dockerfile, in that folder', default: 'Dockerfile'}),
	args: scalars.optional().meta({description: 'Build arguments (ARG)', default: {}}),
	target: z.string().min(1).optional().describe('The stage to build; left out: the last'),
});

const imageSchema = z
	.union([z.string().min(1), buildSchema])
	.describe('Image for the docker runtime: its name, or { build: ./folder }');

const seconds = (most: number) => z.number().positive().max(most);

const healthSchema = z
	.union([
		z.literal('none'),
		z.strictObject({
			test: oneOrMore.describe('Command and arguments, in the container and without a shell; exit code 0 is well'),
			interval: seconds(3600).default(30).describe('Seconds between two'),
			timeout: seconds(3600).default(30).describe('Seconds that one may take'),
			retries: z.int().min(1).max(1000).default(3).describe('Failures in a row until it counts as unwell'),
			startPeriod: z
				.number()
				.min(0)
				.max(3600)
				.default(0)
				.describe('Seconds after its start in which no failure counts'),
		}),
	])
	.describe('Health check for the docker runtime, awaited by the boot; left out: the image’s own; none: none');

/** Keys that a workload has as a whole, and that an environment may change. */
const details = {
	replicas: z
		.number()
		.int()
		.min(1)
		.max(mostReplicas)
		.optional()
		.meta({description: 'web-1.prod, web-2.prod …; web.prod is all of them', default: 1}),
	network: z.string().optional().describe('Its network; left out: the only one there is'),
	networks: oneOrMore.optional().describe('Several networks, for a dual-homed workload'),
	addresses: texts.optional().describe('Fixed addresses, IPv4 and IPv6; left out: the next free ones of its network'),
	needs: texts.optional().meta({
		description: 'Dependencies: api:http, queue:5672, in the same environment unless it says api.prod:http',
		default: [],
	}),
	learned: texts.optional().meta({
		description: 'Dependencies that nobody declared and flows showed; written as needs',
		default: [],
	}),
	aliases: z.array(aliasSchema).optional().meta({
		description:
			'More names under which others reach it, such as carts.sock-shop; a name that several workloads have means all of them',
		default: [],
	}),
	holds: texts.optional().meta({description: 'Secrets that an attacker finds inside', default: []}),
	deploys: selectorSchema.optional().describe('Workloads that accept its orders on their ssh'),
	metadata: z
		.strictObject({holds: texts.optional()})
		.optional()
		.describe('The metadata service of clouds at 169.254.169.254, and the secrets it gives'),
	managed: z.boolean().optional().meta({description: 'false: nothing can be enforced there', default: true}),
	namespace: nameSchema.optional().describe('Kubernetes namespace, for the selectors of manifests'),
	image: imageSchema.optional(),
	healthcheck: healthSchema.optional(),
	command: oneOrMore.optional().describe('Command and arguments for the docker runtime'),
	environment: scalars.optional().meta({description: 'Environment variables', default: {}}),
	volumes: z
		.array(z.string().regex(/^[^:]+:\/[^:]*(:ro)?$/, 'a volume is written HOST-PATH:/CONTAINER-PATH, and is read-only'))
		.optional()
		.meta({
			description:
				'Files and folders for the docker runtime, always read-only: ./nginx.conf:/etc/nginx/nginx.conf; relative to this file',
			default: [],
		}),
	run: oneOrMore.optional().describe('A real command and its arguments, for the netns runtime'),
};

const inEnvironment = z
	.strictObject({
		...details,
		labels,
		services: z.record(nameSchema, serviceChange).optional().describe('Services, merged with those of the workload'),
		jewel: z.boolean().optional().describe('Whether it is a crown jewel there'),
	})
	.nullable()
	.describe('What differs in this environment: labels and services are merged by name, all else is replaced');

export const workloadSchema = z
	.strictObject({
		in: z
			.union([z.array(z.string()).min(1), z.record(z.string(), inEnvironment)])
			.optional()
			.describe('Environments it exists in, as a list or with what differs; left out: in none, web and not web.prod'),
		labels,
		services: z
			.record(nameSchema, serviceSchema)
			.optional()
			.meta({description: 'Ports by name, and what speaks there', default: {}}),
		jewel: z
			.union([z.boolean(), z.strictObject({in: z.array(z.string()).min(1)})])
			.optional()
			.meta({description: 'A workload that must not fall; { in: [prod] } only there', default: false}),
		outside: z.boolean().optional().meta({description: 'Stands for the world beyond, inside the lab', default: false}),
		...details,
	})
	.describe('One thing that can be compromised');

export type WorkloadChange = NonNullable<z.output<typeof inEnvironment>>;
