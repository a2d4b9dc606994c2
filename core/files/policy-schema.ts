// The shape of a policy file: every key, its default and what it means. What the words in it name: `policy.ts`.
import {z} from 'zod';
import {nameSchema} from './name.ts';
import {selectorSchema} from './selector-schema.ts';

const port = z.union([z.number(), z.string()]);
const ports = z.array(port).min(1);
const keys = z.array(z.string()).min(1);

/** What a rule matches; also the form of `unless`. */
const match = {
	from: selectorSchema.optional().describe('Who sends; left out: every workload'),
	to: selectorSchema.optional().describe('Who receives; left out: every workload'),
	same: keys.optional().describe('Both ends have each of these labels (or env, network, workload), with equal values'),
	differ: keys.optional().describe('Both ends have one of these labels, with unequal values'),
	on: ports
		.optional()
		.describe("Ports: 443/tcp, 8000-8080/tcp, tcp, udp, icmp, a service's name, a name under define; left out: all"),
} as const;

const noteSchema = z.looseObject({
	ticket: z.union([z.string(), z.number()]).optional().describe('Where it was decided'),
	until: z.iso.date('a date is written 2027-03-31').optional().describe('Last day; check finds those in the past'),
});

const ruleSchema = z.strictObject({
	allow: z.string().min(1).optional().describe('Lets what matches pass; its text is the name of the rule'),
	deny: z.string().min(1).optional().describe('Stops what matches; its text is the name of the rule'),
	pass: z.string().min(1).optional().describe('Guardrails only: leaves what matches to the rules'),
	...match,
	unless: z.array(z.strictObject(match)).min(1).optional().describe('Where any of these matches, the rule does not'),
	mode: z.enum(['enforce', 'observe']).optional().describe("For denies; left out: the policy's own mode"),
	note: noteSchema.optional().describe('Free: ticket, until, and whatever else helps'),
});

const rulesOf = (what: string) => z.array(ruleSchema).default([]).describe(what);

const header = {
	policy: nameSchema.describe('Name of the policy'),
	default: z.enum(['deny', 'allow']).default('deny').describe('What no rule decides'),
	mode: z.enum(['enforce', 'observe']).default('enforce').describe('observe decides nothing and logs what it would'),
	enforce: selectorSchema
		.default({})
		.describe('Of the workloads under it, those where it is enforced; the rest observe'),
	applies: selectorSchema.default({}).describe('The workloads under this policy'),
	directions: z
		.array(z.enum(['ingress', 'egress']))
		.min(1)
		.default(['ingress', 'egress'])
		.describe('The ends it speaks for: ingress the receiver, egress the sender'),
	established: z.enum(['keep', 'cut']).default('keep').describe('What a new deny does to open connections'),
	denied: z.enum(['drop', 'reject']).default('drop').describe('reject answers: a reset for tcp, an ICMP error else'),
	define: z
		.record(z.string(), z.union([selectorSchema, ports, port]))
		.default({})
		.describe('Names for sets of workloads or ports, usable in every file in force with this one'),
} as const;

export const policySchema = z
	.strictObject({
		...header,
		guardrails: rulesOf('Ordered, the first match decides: allow, deny or pass'),
		rules: rulesOf('Any that matches allows; their order never matters'),
		baseline: rulesOf('Ordered allow or deny, for what the rules left open'),
	})
	.describe('A policy: what may talk. See LANGUAGE, "Policy"');

export type PolicyInput = z.output<typeof policySchema>;
export type RuleInput = z.output<typeof ruleSchema>;
export type MatchInput = Pick<RuleInput, keyof typeof match>;
export type PortInput = z.output<typeof port>;
export type DefinitionInput = PolicyInput['define'][string];
export type Tier = 'guardrails' | 'rules' | 'baseline';
export const tiers: readonly Tier[] = ['guardrails', 'rules', 'baseline'];

/** A policy file of which the parts that fit are kept, so that all of its problems can be told at once. */
export type PolicyDraft = Omit<PolicyInput, Tier> & {
	/** By index as in the file; null where the rule does not fit. */
	readonly [tier in Tier]: readonly (RuleInput | null)[];
};

/** The parts of `value` that fit the schema, defaults for the others; the same as parsing where everything fits. */
export function salvagePolicy(value: unknown): PolicyDraft {
	const raw: Record<string, unknown> = typeof value === 'object' && value !== null ? {...value} : {};
	const fit = <T>(schema: z.ZodType<T>, key: string, otherwise: T): T => {
		const found = schema.safeParse(raw[key]);
		return found.success ? found.data : otherwise;
	};
	const tier = (key: Tier): (RuleInput | null)[] => {
		const rules = raw[key];
		return Array.isArray(rules) ? rules.map(rule => ruleSchema.safeParse(rule).data ?? null) : [];
	};
	return {
		policy: fit(header.policy, 'policy', ''),
		default: fit(header.default, 'default', 'deny'),
		mode: fit(header.mode, 'mode', 'enforce'),
		enforce: fit(header.enforce, 'enforce', {}),
		applies: fit(header.applies, 'applies', {}),
		directions: fit(header.directions, 'directions', ['ingress', 'egress']),
		established: fit(header.established, 'established', 'keep'),
		denied: fit(header.denied, 'denied', 'drop'),
		define: fit(header.define, 'define', {}),
		guardrails: tier('guardrails'),
		rules: tier('rules'),
		baseline: tier('baseline'),
	};
}
