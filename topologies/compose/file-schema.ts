// The shape of a Compose file, as far as it is read. Source: compose-spec (https://github.com/compose-spec/compose-spec).
// Numbers and truths may be texts too: a variable may stand for them.
import {z} from 'zod';

const scalar = z.union([z.string(), z.number(), z.boolean()]);
const number = z.union([z.number(), z.string().regex(/^\d+$/, 'a whole number')]);
const truth = z.union([z.boolean(), z.enum(['true', 'false'])]);
/** A map, or a list of `name=value`. */
const mapOrList = z.union([z.record(z.string(), scalar.nullable()), z.array(scalar)]).nullish();
const textOrList = z.union([z.string(), z.array(z.string())]).nullish();
const textOrNumber = z.union([z.string(), z.number()]).nullish();
const listOfScalars = z.array(z.union([z.string(), z.number()])).nullish();

const portSchema = z.union([
	z.string(),
	z.number(),
	z.looseObject({
		target: number,
		published: z.union([z.string(), z.number()]).optional(),
		host_ip: z.string().optional(),
		protocol: z.string().optional(),
	}),
]);

const attachmentSchema = z
	.looseObject({ipv4_address: z.string().nullish(), aliases: z.array(z.string()).nullish()})
	.nullable();

const dependencySchema = z.union([
	z.array(z.string()),
	z.record(z.string(), z.looseObject({required: truth.optional()}).nullable()),
]);

const mountSchema = z.union([z.string(), z.looseObject({source: z.string().optional()})]);

export const serviceSchema = z.looseObject({
	image: z.string().nullish(),
	build: z
		.union([
			z.string(),
			z.looseObject({
				context: z.string().nullish(),
				dockerfile: z.string().nullish(),
				args: mapOrList,
				target: z.string().nullish(),
			}),
		])
		.nullish(),
	volumes: z
		.array(
			z.union([
				z.string(),
				z.looseObject({type: z.string().nullish(), source: z.string().nullish(), target: z.string().nullish()}),
			]),
		)
		.nullish(),
	healthcheck: z
		.looseObject({
			test: textOrList,
			disable: truth.nullish(),
			interval: textOrNumber,
			timeout: textOrNumber,
			retries: textOrNumber,
			start_period: textOrNumber,
		})
		.nullish(),
	restart: scalar.nullish(),
	command: textOrList,
	entrypoint: textOrList,
	environment: mapOrList,
	env_file: z
		.union([z.string(), z.array(z.union([z.string(), z.looseObject({path: z.string(), required: truth.optional()})]))])
		.nullish(),
	expose: listOfScalars,
	ports: z.array(portSchema).nullish(),
	depends_on: dependencySchema.nullish(),
	links: z.array(z.string()).nullish(),
	external_links: z.array(z.string()).nullish(),
	networks: z.union([z.array(z.string()), z.record(z.string(), attachmentSchema)]).nullish(),
	network_mode: z.string().nullish(),
	secrets: z.array(mountSchema).nullish(),
	configs: z.array(mountSchema).nullish(),
	labels: mapOrList,
	profiles: z.array(z.string()).nullish(),
	scale: number.nullish(),
	deploy: z.looseObject({mode: z.string().optional(), replicas: number.nullish(), labels: mapOrList}).nullish(),
	container_name: z.string().nullish(),
	hostname: z.string().nullish(),
	extends: z.union([z.string(), z.looseObject({service: z.string(), file: z.string().optional()})]).nullish(),
});

export const fileSchema = z.looseObject({
	name: z.string().optional(),
	services: z.record(z.string(), serviceSchema).nullish(),
	networks: z
		.record(
			z.string(),
			z
				.looseObject({
					name: z.string().optional(),
					external: z.unknown().optional(),
					internal: truth.optional(),
					ipam: z.looseObject({config: z.array(z.looseObject({subnet: z.string().optional()})).nullish()}).nullish(),
				})
				.nullable(),
		)
		.nullish(),
	secrets: z.record(z.string(), z.looseObject({external: z.unknown().optional()}).nullable()).nullish(),
	configs: z.record(z.string(), z.looseObject({content: z.string().optional()}).nullable()).nullish(),
	include: z
		.array(
			z.union([
				z.string(),
				z.looseObject({
					path: z.union([z.string(), z.array(z.string())]),
					env_file: z.union([z.string(), z.array(z.string())]).optional(),
				}),
			]),
		)
		.nullish(),
});

export type ServiceInput = z.output<typeof serviceSchema>;
export type FileInput = z.output<typeof fileSchema>;
