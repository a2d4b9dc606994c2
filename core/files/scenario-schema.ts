// The shape of a scenario file: every key, its default and what it means. What the words in it name: `scenario.ts`.
import {z} from 'zod';
import {strategyNames, type TechniqueName, techniqueNames} from '../model/scenario.ts';
import {nameSchema} from './name.ts';
import {selectorSchema} from './selector-schema.ts';

const usualTechniques: readonly TechniqueName[] = [
	'discover-hosts',
	'discover-services',
	'exploit-service',
	'reuse-ssh-key',
	'reuse-password',
	'encrypt',
];

export const scenarioSchema = z
	.strictObject({
		scenario: nameSchema.describe('Name of the scenario'),
		attack: z
			.strictObject({
				tactic: z
					.string()
					.regex(/^TA\d{4}$/, 'a tactic is written TA0008')
					.optional()
					.describe('ATT&CK tactic'),
			})
			.default({})
			.describe('What it is in ATT&CK'),
		foothold: selectorSchema
			.optional()
			.describe('Where the attacker starts; n workloads are n runs; left out: --foothold says it'),
		goal: z
			.union([z.enum(['everything', 'jewels']), selectorSchema])
			.default('everything')
			.describe('everything, jewels, or a selector'),
		strategy: z
			.enum(strategyNames)
			.default('worm')
			.describe(
				'worm: everywhere, breadth first; targeted: towards the goal; stealth: few, slow; insider: valid secrets',
			),
		techniques: z
			.array(z.enum(techniqueNames))
			.min(1)
			.default([...usualTechniques])
			.describe('What the attacker may do'),
		assume: z
			.strictObject({
				weak: z
					.union([z.enum(['declared', 'all']), selectorSchema])
					.optional()
					.describe(
						'declared: as the topology says; all: whatever answers; left out: declared, all for imported topologies',
					),
			})
			.default({})
			.describe('What is taken for granted'),
		rate: z
			.number()
			.min(0.1)
			.max(6000)
			.optional()
			.describe('For stealth: most actions a minute in the lab; left out: as fast as it can'),
		holds: z
			.array(z.string())
			.min(1)
			.optional()
			.describe('For an insider: the secrets it has from the start, by name: shop-db-password@prod'),
		limits: z
			.strictObject({
				actions: z.number().int().min(1).default(10_000).describe('Actions after which a run ends, inconclusive'),
				seconds: z.number().min(1).default(120).describe('A watchdog: a run that it ends is inconclusive'),
			})
			.default({actions: 10_000, seconds: 120})
			.describe('When to give up'),
	})
	.describe('A scenario: what the attacker does. See LANGUAGE, "Scenario"');

export type ScenarioInput = z.output<typeof scenarioSchema>;
