// NetworkPolicy networking.k8s.io/v1, as strict as the API server's validation: a field that is misspelt would widen or
// narrow the policy in silence, so unknown ones are refused. Source: kubernetes, pkg/apis/networking/validation.
import {z} from 'zod';
import {isStrictlyInside, parseCidr} from './cidr.ts';
import {labelSelector} from './label-selector.ts';
import {list, metadata, portNumberOrName, protocol} from './object-schema.ts';

/** An item that is left empty is an empty item: `- ` under `ingress:` is the rule that allows everything. */
const item = <T extends z.ZodObject>(schema: T) => schema.nullable().transform(value => value ?? schema.parse({}));

const ipBlock = z.strictObject({cidr: z.string(), except: list(z.string())}).superRefine(({cidr, except}, context) => {
	const outer = parseCidr(cidr);
	const mend = 'an address and a length, such as 10.0.0.0/8';
	if (outer === undefined)
		context.addIssue({code: 'custom', path: ['cidr'], message: 'this is no CIDR', params: {mend}});
	for (const [at, text] of (except ?? []).entries()) {
		const inner = parseCidr(text);
		if (inner === undefined)
			context.addIssue({code: 'custom', path: ['except', at], message: 'this is no CIDR', params: {mend}});
		else if (outer !== undefined && !isStrictlyInside(inner, outer))
			context.addIssue({
				code: 'custom',
				path: ['except', at],
				message: `${inner.text} is not a part of ${outer.text}`,
				params: {mend: 'an exception lies inside its cidr and is smaller'},
			});
	}
});

const peer = item(
	z.strictObject({
		podSelector: labelSelector.nullish(),
		namespaceSelector: labelSelector.nullish(),
		ipBlock: ipBlock.nullish(),
	}),
).superRefine(({podSelector, namespaceSelector, ipBlock}, context) => {
	const selects = podSelector != null || namespaceSelector != null;
	if (!selects && ipBlock == null)
		context.addIssue({
			code: 'custom',
			message: 'this peer is empty',
			params: {mend: 'give it podSelector, namespaceSelector or ipBlock; for every peer leave the whole list out'},
		});
	if (selects && ipBlock != null)
		context.addIssue({
			code: 'custom',
			path: ['ipBlock'],
			message: 'stands beside a selector',
			params: {mend: 'make it a peer of its own'},
		});
});
export type Peer = z.output<typeof peer>;

const port = item(
	z.strictObject({protocol: protocol.nullish(), port: portNumberOrName.nullish(), endPort: z.int().nullish()}),
).superRefine(({port, endPort}, context) => {
	if (endPort == null) return;
	const complain = (message: string, mend: string): void =>
		context.addIssue({code: 'custom', path: ['endPort'], message, params: {mend}});
	if (port == null) complain('there is no port that the range starts with', 'add port');
	else if (typeof port === 'string') complain(`a range cannot start with the named port ${port}`, 'write its number');
	else if (endPort < port || endPort > 65535)
		complain(`${endPort} does not end a range from ${port}`, `${port} to 65535`);
});
export type PolicyPort = z.output<typeof port>;

const policyType = z.string().refine(text => text === 'Ingress' || text === 'Egress', {
	error: issue => `${JSON.stringify(issue.input)} is no policy type`,
	params: {mend: 'Ingress or Egress'},
});

const spec = z.strictObject({
	podSelector: labelSelector.nullish(),
	ingress: list(item(z.strictObject({from: list(peer), ports: list(port)}))),
	egress: list(item(z.strictObject({to: list(peer), ports: list(port)}))),
	policyTypes: list(policyType).refine(types => (types?.length ?? 0) <= 2, {message: 'has more than two types'}),
});

export const networkPolicySchema = z.strictObject({
	apiVersion: z.string().nullish(),
	kind: z.string().nullish(),
	metadata,
	/** Without a spec a policy isolates every pod of its namespace for ingress: the API accepts it. */
	spec: spec.nullish(),
	status: z.unknown().optional(),
});
export type NetworkPolicyObject = z.output<typeof networkPolicySchema>;
