// Subjects and peers of AdminNetworkPolicies and ClusterNetworkPolicies.
import {z} from 'zod';
import {parseCidr} from './cidr.ts';
import {between, complain, exactlyOne} from './exactly-one.ts';
import {labelSelector} from './label-selector.ts';

/** Either selector may be left out or null, as clients that write whole objects do: then it selects all. */
const namespacedPod = z
	.strictObject({namespaceSelector: labelSelector.nullish(), podSelector: labelSelector.nullish()})
	.superRefine(({namespaceSelector, podSelector}, context) => {
		if (namespaceSelector == null && podSelector == null)
			complain(context, [], 'is empty', 'give it namespaceSelector and podSelector; {} selects all');
	});

/** Whom a policy speaks for. */
export const subject = z
	.strictObject({namespaces: labelSelector.nullish(), pods: namespacedPod.nullish()})
	.superRefine(exactlyOne('namespaces', 'pods'));

const cidr = z.string().superRefine((text, context) => {
	if (parseCidr(text) === undefined)
		complain(context, [], 'this is no CIDR', 'an address and a length, such as 10.0.0.0/8');
});

const networks = between(cidr, {least: 1, most: 25}).superRefine((all, context) => {
	const twice = all.findIndex((text, at) => all.indexOf(text) < at);
	if (twice >= 0) complain(context, [twice], 'stands twice', 'keep one');
});

const domainName = z
	.string()
	.regex(
		/^(\*\.)?([a-zA-Z0-9]([-a-zA-Z0-9_]*[a-zA-Z0-9])?\.)+[a-zA-Z0-9]([-a-zA-Z0-9_]*[a-zA-Z0-9])?\.?$/,
		'a name such as example.com or *.example.com',
	);

/** What an ingress rule may name, and what an egress rule may; fields that a peer cannot have are unknown to it. */
export const ingressPeer = z
	.strictObject({namespaces: labelSelector.nullish(), pods: namespacedPod.nullish()})
	.superRefine(exactlyOne('namespaces', 'pods'));
const egressFields = {...ingressPeer.shape, nodes: labelSelector.nullish(), networks: networks.nullish()};
export const baselineEgressPeer = z
	.strictObject(egressFields)
	.superRefine(exactlyOne('namespaces', 'pods', 'nodes', 'networks'));
export const egressPeer = z
	.strictObject({...egressFields, domainNames: between(domainName, {least: 1, most: 25}).nullish()})
	.superRefine(exactlyOne('namespaces', 'pods', 'nodes', 'networks', 'domainNames'));
export type AdminPeer = z.output<typeof egressPeer>;
export type Subject = z.output<typeof subject>;
