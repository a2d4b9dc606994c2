// Ports of AdminNetworkPolicies (v1alpha1) and protocols of ClusterNetworkPolicies (v1alpha2).
import {z} from 'zod';
import {complain, exactlyOne} from './exactly-one.ts';
import {portNumber, protocols} from './object-schema.ts';

/** Clients that write whole objects leave an empty text where nothing was said. */
const unsaid = z
	.string()
	.superRefine((text, context) => {
		if (text !== '' && !(protocols as readonly string[]).includes(text))
			complain(context, [], `${JSON.stringify(text)} is no protocol of a port`, 'TCP, UDP or SCTP');
	})
	.nullish();
const named = z.string().min(1, 'the name of a port');

/** One item of `ports` in v1alpha1. */
export const alphaPort = z
	.strictObject({
		portNumber: z.strictObject({protocol: unsaid, port: portNumber}).nullish(),
		portRange: z
			.strictObject({protocol: unsaid, start: portNumber, end: portNumber})
			.superRefine(({start, end}, context) => {
				if (end < start) complain(context, ['end'], `${end} does not end a range from ${start}`, `${start} to 65535`);
			})
			.nullish(),
		namedPort: named.nullish(),
	})
	.superRefine(exactlyOne('portNumber', 'portRange', 'namedPort'));
export type AlphaPort = z.output<typeof alphaPort>;

const destinationPort = z
	.strictObject({
		number: portNumber.nullish(),
		range: z
			.strictObject({start: portNumber, end: portNumber})
			.superRefine(({start, end}, context) => {
				if (end <= start) complain(context, ['end'], `${end} is not above the start, ${start}`, 'or write a number');
			})
			.nullish(),
	})
	.superRefine(exactlyOne('number', 'range'));
const transport = z
	.strictObject({destinationPort: destinationPort.nullish()})
	.superRefine(exactlyOne('destinationPort'));
/** One item of `protocols` in v1alpha2. */
export const clusterProtocol = z
	.strictObject({
		tcp: transport.nullish(),
		udp: transport.nullish(),
		sctp: transport.nullish(),
		destinationNamedPort: named.nullish(),
	})
	.superRefine(exactlyOne('tcp', 'udp', 'sctp', 'destinationNamedPort'));
export type ClusterProtocol = z.output<typeof clusterProtocol>;
