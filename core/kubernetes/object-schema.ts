// The parts that all objects share, and the fields that are read of namespaces, services and whatever runs pods. Other
// fields are left alone: what they hold changes no verdict.
import {z} from 'zod';

/** Null is absent everywhere in the API. */
export const list = <T extends z.ZodType>(item: T) => z.array(item).nullish();

// A subdomain is limited as a whole, its labels are not.
const dnsLabel = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const wholeLabel = new RegExp(`^(?=.{1,63}$)${dnsLabel}$`);
const subdomain = new RegExp(`^(?=.{1,253}$)${dnsLabel}(\\.${dnsLabel})*$`);
const labelName = /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;

/** Source: apimachinery, util/validation: IsQualifiedName. */
export function isLabelKey(key: string): boolean {
	const parts = key.split('/');
	return parts.length === 1
		? labelName.test(key)
		: parts.length === 2 && subdomain.test(parts[0]!) && labelName.test(parts[1]!);
}

/** Source: apimachinery, util/validation: IsValidLabelValue. */
export const isLabelValue = (value: string): boolean => value === '' || labelName.test(value);

export const keyMend =
	'at most 63 letters, digits, - _ . with a letter or digit at both ends, and perhaps a domain and / before them';
export const valueMend = 'at most 63 letters, digits, - _ . with a letter or digit at both ends, or empty';

/** Labels of an object, or `matchLabels`. A value that is left empty is the empty text, as the API reads it. */
export const labels = z
	.record(z.string(), z.string().nullable())
	.superRefine((value, context) => {
		for (const [key, text] of Object.entries(value)) {
			const issue = {code: 'custom' as const, path: [key], input: value};
			if (!isLabelKey(key)) context.addIssue({...issue, message: 'this is no label key', params: {mend: keyMend}});
			else if (!isLabelValue(text ?? ''))
				context.addIssue({...issue, message: 'this is no label value', params: {mend: valueMend}});
		}
	})
	.transform(value => Object.fromEntries(Object.entries(value).map(([key, text]) => [key, text ?? ''])));

/**
 * Names of objects and namespaces: wider than the API has them, since dumps and generators write capitals and underscores
 * and what is meant is clear (`isObjectName` is the API's own rule). Still no text that could be taken for syntax.
 */
const name = z
	.string()
	.regex(/^(?=.{1,253}$)[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/, 'letters, digits, - _ and . only');

/** Source: apimachinery, util/validation: IsDNS1123Label. */
export const isNamespaceName = (text: string): boolean => wholeLabel.test(text);

/** Source: apimachinery, util/validation: IsDNS1123Subdomain. */
export const isObjectName = (text: string): boolean => subdomain.test(text);

const owner = z.object({kind: z.string().nullish(), name: z.string().nullish(), controller: z.boolean().nullish()});

export const metadata = z.object({
	name,
	namespace: z.union([z.literal(''), name]).nullish(),
	labels: labels.nullish(),
	ownerReferences: list(owner),
});

/** `metadata.name` may be left to the API where it has `generateName`: that, without its dash, is the name then. */
export const podMetadata = metadata.extend({
	name: name.nullish(),
	generateName: z
		.string()
		.regex(/^[A-Za-z0-9][-A-Za-z0-9_.]{0,252}$/, 'letters, digits, - _ and . only')
		.nullish(),
});

export const protocols = ['TCP', 'UDP', 'SCTP'] as const;

/** Of a policy's port, in capitals as the API has them. */
export const protocol = z.string().refine(text => (protocols as readonly string[]).includes(text), {
	error: issue => `${JSON.stringify(issue.input)} is no protocol of a port`,
	params: {mend: 'TCP, UDP or SCTP'},
});

export const portNumber = z.int().refine(value => value >= 1 && value <= 65535, {
	message: 'this is no port',
	params: {mend: '1 to 65535'},
});

/** Source: apimachinery, util/validation: IsValidPortName. */
export const isPortName = (text: string): boolean =>
	/^(?=.*[a-z])[a-z0-9](-?[a-z0-9])*$/.test(text) && text.length <= 15;

/** A port's number, or the name that a container gave it. */
export const portNumberOrName = z.union([z.number(), z.string()]).superRefine((value, context) => {
	const complain = (message: string, mend: string): void => context.addIssue({code: 'custom', message, params: {mend}});
	if (typeof value === 'number') {
		if (!Number.isInteger(value) || value < 1 || value > 65535) complain(`${value} is no port`, '1 to 65535');
	} else if (/^\d+$/.test(value)) complain(`"${value}" is a text`, 'write the number without quotes');
	else if (!isPortName(value))
		complain('this is no name of a port', 'at most 15 lower-case letters, digits and single dashes, with a letter');
});

export const namespaceSchema = z.object({metadata});

export const serviceSchema = z.object({
	metadata,
	spec: z
		.object({
			type: z.string().nullish(),
			clusterIP: z.string().nullish(),
			externalName: z.string().nullish(),
			selector: labels.nullish(),
			ports: list(
				z.object({
					name: z.string().nullish(),
					port: portNumber,
					targetPort: portNumberOrName.nullish(),
					protocol: z.enum(protocols).nullish(),
				}),
			),
		})
		.nullish(),
});
export type ServiceObject = z.output<typeof serviceSchema>;
