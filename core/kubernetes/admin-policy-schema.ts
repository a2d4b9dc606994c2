// AdminNetworkPolicy and BaselineAdminNetworkPolicy (policy.networking.k8s.io/v1alpha1) and ClusterNetworkPolicy
// (v1alpha2), as strict as their CRDs. Source: network-policy-api, apis/v1alpha1 (v0.1.7) and apis/v1alpha2, with the
// experimental channel's fields.
import {z} from 'zod';
import {type AdminPeer, baselineEgressPeer, egressPeer, ingressPeer, subject} from './admin-peer-schema.ts';
import {alphaPort, clusterProtocol} from './admin-port-schema.ts';
import {between, complain} from './exactly-one.ts';
import {metadata} from './object-schema.ts';

const name = z
	.string()
	.superRefine((text, context) => {
		if (text.length > 100) complain(context, [], `has ${text.length} characters`, 'at most 100');
	})
	.nullish();
const priority = z.int().superRefine((value, context) => {
	if (value < 0 || value > 1000) complain(context, [], `${value} is no priority`, '0 to 1000, the lowest goes first');
});

interface Limits {
	readonly rules: number;
	readonly items: number;
}

function alphaRules<const Action extends string, Peer extends z.ZodType<AdminPeer>>(
	actions: readonly Action[],
	peer: Peer,
	{rules, items}: Limits,
) {
	const shared = {
		name,
		action: z.enum(actions as readonly [Action, ...Action[]]),
		ports: between(alphaPort, {least: 1, most: items}).nullish(),
	};
	const size = {least: 1, most: items};
	const ingress = z.strictObject({...shared, from: between(ingressPeer, size)});
	const egress = z.strictObject({...shared, to: between(peer, size)});
	return {
		subject,
		ingress: between(ingress, {least: 0, most: rules}).nullish(),
		egress: between(egress, {least: 0, most: rules}).nullish(),
	};
}

const shell = {apiVersion: z.string().nullish(), kind: z.string().nullish(), metadata, status: z.unknown().optional()};
const alphaLimits = {rules: 100, items: 100};

/** AdminNetworkPolicy v1alpha1. */
export const adminNetworkPolicySchema = z.strictObject({
	...shell,
	spec: z.strictObject({priority, ...alphaRules(['Allow', 'Deny', 'Pass'], egressPeer, alphaLimits)}),
});

/** BaselineAdminNetworkPolicy v1alpha1. */
export const baselineAdminNetworkPolicySchema = z.strictObject({
	...shell,
	metadata: metadata.superRefine((value, context) => {
		if (value.name !== 'default')
			complain(context, ['name'], `is ${JSON.stringify(value.name)}`, 'a cluster takes one, called default');
	}),
	spec: z.strictObject(alphaRules(['Allow', 'Deny'], baselineEgressPeer, alphaLimits)),
});

const clusterShared = {
	name,
	action: z.enum(['Accept', 'Deny', 'Pass']),
	protocols: between(clusterProtocol, {least: 1, most: 25}).nullish(),
};
const clusterIngress = z.strictObject({...clusterShared, from: between(ingressPeer, {least: 1, most: 25})});
const clusterEgress = z.strictObject({...clusterShared, to: between(egressPeer, {least: 1, most: 25})});

/** ClusterNetworkPolicy v1alpha2. */
export const clusterNetworkPolicySchema = z.strictObject({
	...shell,
	spec: z.strictObject({
		tier: z.enum(['Admin', 'Baseline']),
		priority,
		subject,
		ingress: between(clusterIngress, {least: 0, most: 25}).nullish(),
		egress: between(clusterEgress, {least: 0, most: 25}).nullish(),
	}),
});

export type AdminNetworkPolicyObject = z.output<typeof adminNetworkPolicySchema>;
export type BaselineAdminNetworkPolicyObject = z.output<typeof baselineAdminNetworkPolicySchema>;
export type ClusterNetworkPolicyObject = z.output<typeof clusterNetworkPolicySchema>;
