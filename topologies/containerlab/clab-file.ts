// The types of containerlab's topology file (`*.clab.yml`), as far as it is read.
// Source: containerlab, schemas/clab.schema.json, types/node_definition.go, links/*.go; containerlab.dev/manual/topo-def-file.
import {z} from 'zod';

const scalar = z.union([z.string(), z.number(), z.boolean()]);
const scalars = z.record(z.string(), scalar.nullable()).nullish();
const texts = z.array(z.string()).nullish();
const text = z.string().nullish();

/** A node, or what nodes inherit: of `defaults`, of their kind, of their group. */
export const nodeSchema = z.looseObject({
	kind: text,
	group: text,
	type: scalar.nullish(),
	image: text,
	cmd: text,
	entrypoint: text,
	exec: texts,
	binds: texts,
	ports: z.array(z.union([z.string(), z.number()])).nullish(),
	env: scalars,
	'env-files': texts,
	labels: scalars,
	aliases: texts,
	'mgmt-ipv4': text,
	'mgmt-ipv6': text,
	/** As older versions wrote it. */
	mgmt_ipv4: text,
	'network-mode': text,
});

const endpointSchema = z.looseObject({
	node: z.string(),
	interface: z.string().optional(),
	ipv4: text,
});

export const linkSchema = z.looseObject({
	/** Left out in the brief form, `endpoints: ["a:eth1", "b:eth1"]`. */
	type: z.string().optional(),
	endpoints: z.array(z.union([z.string(), endpointSchema])).optional(),
	/** Of links with one end: host, mgmt-net, macvlan, vxlan, dummy. */
	endpoint: endpointSchema.optional(),
	/** Of the brief form, one for each end. */
	ipv4: z.array(z.string().nullable()).nullish(),
});

export const clabSchema = z.looseObject({
	name: z.string().min(1),
	/** Of the names of containers: left out, `clab`. */
	prefix: text,
	mgmt: z.looseObject({network: text, bridge: text, 'ipv4-subnet': text, ipv4_subnet: text}).nullish(),
	topology: z.looseObject({
		defaults: nodeSchema.nullish(),
		kinds: z.record(z.string(), nodeSchema.nullable()).nullish(),
		groups: z.record(z.string(), nodeSchema.nullable()).nullish(),
		nodes: z.record(z.string(), nodeSchema.nullable()),
		links: z.array(linkSchema).nullish(),
	}),
});

export type ClabFile = z.output<typeof clabSchema>;
export type NodeDefinition = z.output<typeof nodeSchema>;
export type LinkDefinition = z.output<typeof linkSchema>;
export type EndpointDefinition = z.output<typeof endpointSchema>;
