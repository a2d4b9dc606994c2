// The shape of rehearsal.yaml: every key, its default and what it means. What the words in it name: `rehearsal.ts`.
import {z} from 'zod';
import {placements} from '../model/policy.ts';
import {nameSchema} from './name.ts';

const path = z.string().min(1);
const paths = z.union([path, z.array(path).min(1)]);
const placement = z.enum(placements);

const candidate = z.strictObject({
	policy: paths.describe('A policy file, or several in force together, in this order'),
	placement: z
		.union([placement, z.array(placement).min(1), z.record(z.string(), z.unknown())])
		.default('host')
		.describe('Where it is enforced; a list is a run each'),
});

const bound = z.union([z.string(), z.number().min(0), z.array(z.string())]);
const boundOrMap = z.union([bound, z.record(z.string(), bound)]);

export const rehearsalSchema = z
	.strictObject({
		rehearsal: nameSchema.describe('Name of the rehearsal'),
		topology: paths.describe('Topology files, or a folder of Kubernetes manifests'),
		today: z.union([path, candidate]).optional().describe('The policy in force now: a column of its own'),
		candidates: z
			.record(nameSchema, z.union([path, candidate]))
			.describe('Policies put to the test; flat, no policy at all, is always run as the control'),
		scenarios: z.array(path).default([]).describe('Scenario files, or names from the catalogue'),
		expect: z
			.record(z.string(), z.record(z.string(), z.union([bound, z.record(z.string(), boundOrMap)])))
			.default({})
			.describe('Candidate to measure to bound; under the name of a scenario: of that scenario alone'),
		flows: z
			.array(
				z.strictObject({
					allow: z.string().optional().describe('A flow that must pass: web.prod -> api.prod:http'),
					deny: z.string().optional().describe('A flow that must not: wiki.dev -> db.prod:5432/tcp'),
					candidate: z.string().optional().describe('Of this candidate alone; left out: of every one but flat'),
				}),
			)
			.default([])
			.describe('Single flows, tested by model and by packet'),
		accepted: z
			.array(
				z.strictObject({
					flow: z.string().describe('The flow: deploy.ops -> api.prod:ssh'),
					because: z.string().min(1).describe('Why it is accepted'),
					until: z.iso.date('a date is written 2027-03-31').optional().describe('The last day on which it is'),
				}),
			)
			.default([])
			.describe('Known and agreed: always reported, failing when it is no longer true or past its date'),
		budgets: z.record(z.string(), z.unknown()).optional().describe('What may change against a git revision'),
	})
	.describe('A rehearsal: what is put to the test. See LANGUAGE, "Rehearsal"');

export type RehearsalInput = z.output<typeof rehearsalSchema>;
export type CandidateInput = RehearsalInput['candidates'][string];
export type BoundInput = z.output<typeof bound>;
export type ExpectInput = RehearsalInput['expect'];
