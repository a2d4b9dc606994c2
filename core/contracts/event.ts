// Everything that happens in a run. Terminal, console, reports and recordings are readers of this one stream.

import type {TechniqueName} from '../model/scenario.ts';
import type {Evidence} from './evidence.ts';
import type {InForce} from './in-force.ts';
import type {Answer} from './network.ts';
import type {StageEvent} from './stage.ts';

/** How an action ended: `success` moved the attacker on, `failure` was answered no, `denied` was stopped by a rule, `nothing` found nothing new. */
export type ActionResult = 'success' | 'failure' | 'denied' | 'nothing';

/** One action of the attacker, as in the timeline of the report. */
export interface ActionRecord {
	/** 1, 2, 3 … in the plan's order. */
	readonly action: number;
	/** ms since the run started; the only field that differs between two runs of one seed. */
	readonly atMs: number;
	readonly technique: TechniqueName;
	/** ATT&CK id, or `–` for those without one. */
	readonly attack: string;
	/** Hostname of the pivot. */
	readonly from: string;
	/** What it was aimed at: a hostname where the attacker knows one, else an address or prefix. */
	readonly to: string;
	readonly protocol: string | null;
	readonly port: number | null;
	readonly result: ActionResult;
	/** Packet flows tried inside it. */
	readonly probes: number;
	readonly answers: Readonly<Partial<Record<Answer, number>>>;
	/** Hostname compromised by it, or null. */
	readonly compromised: string | null;
	/** True where it handed over a shell, so that the workload is a pivot. */
	readonly pivot: boolean;
	/** One line for people: `9 hosts seen`. */
	readonly detail: string;
}

export type LabEvent =
	| StageEvent
	| {
			readonly kind: 'lab-booted';
			readonly lab: string;
			readonly workloads: number;
			readonly rootless: boolean;
			readonly bootMs: number;
			readonly atMs: number;
	  }
	| {
			readonly kind: 'policy-applied';
			readonly candidate: string;
			/**
			 * What that is, where it need not be a candidate of the rehearsal: in a lab that stays. Left out: in a rehearsal,
			 * where everything counts anew under it.
			 */
			readonly inForce?: InForce;
			readonly applyMs: number;
			readonly atMs: number;
	  }
	| {readonly kind: 'flow-probed'; readonly candidate: string; readonly evidence: Evidence; readonly atMs: number}
	| {
			readonly kind: 'attack-started';
			readonly candidate: string;
			readonly scenario: string;
			readonly foothold: string;
			/** Which of the scenario's footholds this is, from 1, and how many it has. */
			readonly turn: {readonly number: number; readonly of: number};
			/** How many actions the same attacker takes in the model; null where the model itself is the range. */
			readonly expectedActions: number | null;
			/** What attackers before it did is undone: a run of a rehearsal. Left out: in a lab that stays, who fell stays fallen. */
			readonly anew?: boolean;
			readonly atMs: number;
	  }
	| {
			readonly kind: 'action';
			readonly candidate: string;
			readonly scenario: string;
			readonly foothold: string;
			readonly record: ActionRecord;
			readonly evidence: readonly Evidence[];
			readonly atMs: number;
	  }
	| {
			readonly kind: 'attack-ended';
			readonly candidate: string;
			readonly scenario: string;
			readonly foothold: string;
			readonly ended: AttackEnd;
			readonly atMs: number;
	  }
	| {readonly kind: 'lab-gone'; readonly lab: string; readonly teardownMs: number; readonly atMs: number};

/** Why a run stopped: nothing was left to try, the goal was reached, or a limit ended it with something untried. */
export type AttackEnd = 'exhausted' | 'goal' | 'limit';
