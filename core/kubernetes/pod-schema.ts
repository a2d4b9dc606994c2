// What is read of pods, and of the controllers that make pods from a template.
import {z} from 'zod';
import {labels, list, metadata, podMetadata, portNumber, protocols} from './object-schema.ts';

/** Values that tell nothing (of another type, or taken from a Secret) are left out, not refused: they decide no verdict. */
const loose = z.unknown().optional();

const configMapSource = z.object({name: z.string().nullish(), optional: z.boolean().nullish()});
const configMapKey = configMapSource.extend({key: z.string()});

const container = z.object({
	name: z.string().nullish(),
	restartPolicy: z.string().nullish(),
	command: list(loose),
	args: list(loose),
	env: list(
		z.object({
			name: z.string(),
			value: loose,
			valueFrom: z.object({configMapKeyRef: configMapKey.nullish()}).nullish(),
		}),
	),
	envFrom: list(z.object({prefix: z.string().nullish(), configMapRef: configMapSource.nullish()})),
	volumeMounts: list(z.object({name: z.string().nullish(), subPath: z.string().nullish()})),
	ports: list(
		z.object({name: z.string().nullish(), containerPort: portNumber.nullish(), protocol: z.enum(protocols).nullish()}),
	),
});
export type Container = z.output<typeof container>;

const configMapNamed = z.object({
	name: z.string().nullish(),
	optional: z.boolean().nullish(),
	items: list(z.object({key: z.string()})),
});

const podSpec = z.object({
	hostNetwork: z.boolean().nullish(),
	nodeName: z.string().nullish(),
	nodeSelector: labels.nullish(),
	os: z.object({name: z.string().nullish()}).nullish(),
	volumes: list(
		z.object({
			name: z.string().nullish(),
			configMap: configMapNamed.nullish(),
			projected: z.object({sources: list(z.object({configMap: configMapNamed.nullish()}))}).nullish(),
		}),
	),
	enableServiceLinks: z.boolean().nullish(),
	containers: list(container),
	initContainers: list(container),
});
export type PodSpec = z.output<typeof podSpec>;

const template = z.object({metadata: z.object({labels: labels.nullish()}).nullish(), spec: podSpec});
const count = z
	.int()
	.refine(value => value >= 0, {message: 'this is no count', params: {mend: '0 or more'}})
	.nullish();

export const podSchema = z.object({
	metadata: podMetadata,
	spec: podSpec,
	status: z
		.object({
			phase: z.string().nullish(),
			podIP: z.string().nullish(),
			podIPs: list(z.object({ip: z.string().nullish()})),
		})
		.nullish(),
});

const controllerSpec = z.object({replicas: count, parallelism: count, template});

export const controllerSchema = z.object({metadata: podMetadata, spec: controllerSpec});

export const cronJobSchema = z.object({
	metadata,
	spec: z.object({jobTemplate: z.object({spec: controllerSpec})}),
});
