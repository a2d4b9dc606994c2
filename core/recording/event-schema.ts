// Of each event in a recording, what is read.
import {z} from 'zod';
import type {LabEvent} from '../contracts/event.ts';
import type {PackedEvidence} from './packed-evidence.ts';
import {inForce, text} from './policy-schema.ts';

const atMs = z.number();
const protocol = z.enum(['tcp', 'udp', 'icmp', 'sctp']);
const family = z.union([z.literal(4), z.literal(6)]);
const end = z.looseObject({workload: text.nullable(), address: text});

const log = z.looseObject({
	direction: z.enum(['ingress', 'egress']),
	decision: z.enum(['allow', 'deny', 'would-deny', 'would-allow']),
	rule: text,
	placement: z.enum(['host', 'fabric', 'gateway']),
});

const outcome = z.discriminatedUnion('kind', [
	z.looseObject({kind: z.enum(['open', 'closed'])}),
	z.looseObject({kind: z.literal('denied'), rule: text}),
	z.looseObject({kind: z.literal('inconclusive'), reason: text}),
]);

const finding = {arrival: z.enum(['open', 'closed', 'none']), logs: z.array(log), outcome};

const evidence = z.looseObject({
	flow: z.looseObject({source: end, destination: end, family, protocol, port: z.number()}),
	...finding,
});

const packed = z.looseObject({
	ends: z.array(z.tuple([text, text.nullable()])),
	calls: z.array(z.tuple([family, protocol, z.number()])),
	findings: z.array(z.looseObject(finding)),
	flows: z.array(z.number()),
});

/** Many `flow-probed` of one candidate at one time. */
export interface ProbedTogether {
	readonly kind: 'flows-probed';
	readonly candidate: string;
	readonly found: PackedEvidence;
	readonly atMs: number;
}

/** An action as a recording has it. */
export type PackedAction = Omit<Extract<LabEvent, {kind: 'action'}>, 'evidence'> & {readonly found: PackedEvidence};

const record = z.looseObject({
	...{action: z.number(), atMs, technique: text, attack: text, from: text, to: text},
	...{
		protocol: text.nullable(),
		port: z.number().nullable(),
		result: z.enum(['success', 'failure', 'denied', 'nothing']),
	},
	...{compromised: text.nullable(), pivot: z.boolean(), detail: text},
});

const about = {candidate: text, scenario: text, foothold: text, atMs};

/** By kind; what is not here is of a newer release, and left out. */
export const eventSchemas: ReadonlyMap<string, z.ZodType> = new Map<string, z.ZodType>(
	Object.entries({
		stage: z.looseObject({stage: text, text, done: z.number(), total: z.number(), atMs}),
		'lab-booted': z.looseObject({lab: text, workloads: z.number(), bootMs: z.number(), atMs}),
		'policy-applied': z.looseObject({candidate: text, inForce: inForce.optional(), applyMs: z.number(), atMs}),
		'flow-probed': z.looseObject({candidate: text, evidence, atMs}),
		'flows-probed': z.looseObject({candidate: text, found: packed, atMs}),
		'attack-started': z.looseObject({
			...about,
			turn: z.looseObject({number: z.number(), of: z.number()}),
			anew: z.boolean().optional(),
		}),
		action: z
			.looseObject({...about, record, found: packed.optional(), evidence: z.array(evidence).optional()})
			.refine(({found, evidence}) => (found === undefined) !== (evidence === undefined), {
				path: ['found'],
				message: 'found or evidence is there, and not both',
			}),
		'attack-ended': z.looseObject({...about, ended: z.enum(['exhausted', 'goal', 'limit'])}),
		'lab-gone': z.looseObject({lab: text, teardownMs: z.number(), atMs}),
		packet: z.looseObject({site: text, log, family, protocol, source: end, destination: end, port: z.number(), atMs}),
		note: z.looseObject({text, atMs}),
		'lab-reset': z.looseObject({atMs}),
		'attack-stopped': z.looseObject({scenario: text, foothold: text, atMs}),
		missed: z.looseObject({events: z.number(), atMs}),
	}),
);
