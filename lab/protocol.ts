// What travels between an engine and its clients: one JSON object a line, version 1. A request has an id and gets one
// answer with it; events come between. The transport is a stream that only engine and client hold.
import {createInterface} from 'node:readline';
import type {Duplex} from 'node:stream';
import type {AttackRun} from '../core/contracts/attack-run.ts';
import type {Ruleset} from '../core/contracts/enforcer.ts';
import type {LabEvent} from '../core/contracts/event.ts';
import type {Evidence} from '../core/contracts/evidence.ts';
import type {Applied} from '../core/contracts/lab.ts';
import type {Flow} from '../core/model/flow.ts';
import type {Scenario} from '../core/model/scenario.ts';
import type {Topology} from '../core/model/topology.ts';

export const protocolVersion = 1;

export interface BootRequest {
	readonly lab: string;
	readonly topology: Topology;
	readonly rulesets: readonly Ruleset[];
	readonly seed: number;
	/** True: the engine is root by a user namespace of its own. */
	readonly rootless: boolean;
}

export interface Booted {
	readonly bootMs: number;
	readonly nft: string;
	readonly helpers: number;
}

/** Method by method: what is asked, and what is answered. */
export interface Methods {
	readonly boot: {readonly asks: BootRequest; readonly gives: Booted};
	readonly apply: {readonly asks: {readonly rulesets: readonly Ruleset[]}; readonly gives: Applied};
	readonly probe: {
		readonly asks: {readonly flows: readonly Flow[]; readonly timeoutMs: number; readonly patienceMs?: number};
		/** In the order of the flows, which whoever asked has. */
		readonly gives: readonly Omit<Evidence, 'flow'>[];
	};
	readonly attack: {
		readonly asks: {
			readonly scenario: Scenario;
			readonly foothold: string;
			readonly goals: readonly string[];
			readonly seed: number;
		};
		readonly gives: AttackRun;
	};
	readonly close: {readonly asks: Record<string, never>; readonly gives: {readonly teardownMs: number}};
}
export type Method = keyof Methods;

export type Request = {
	[M in Method]: {readonly id: number; readonly method: M; readonly asks: Methods[M]['asks']};
}[Method];

/** How an error crosses: FirebreakError by its fields, a bug by its stack. */
export interface Failure {
	readonly kind: 'machine' | 'bug';
	readonly code: string;
	readonly message: string;
	readonly mend: string;
	readonly stack: string | null;
}

export type Answer =
	| {readonly kind: 'answer'; readonly id: number; readonly gives: unknown}
	| {readonly kind: 'failed'; readonly id: number; readonly failure: Failure}
	| {readonly kind: 'event'; readonly event: LabEvent}
	| {readonly kind: 'hello'; readonly version: number; readonly pid: number};

/** Writes one message as a line. */
export const write = (stream: Duplex, message: Request | Answer): void =>
	void stream.write(`${JSON.stringify(message)}\n`);

/** Calls `each` for every line that is JSON; what is not is the other side's bug and throws. */
export function readLines<T>(stream: Duplex, each: (message: T) => void): void {
	// The stream's errors are emitted again by the reader of its lines: whoever owns the stream hears them there.
	createInterface({input: stream, crlfDelay: Number.POSITIVE_INFINITY})
		.on('error', () => undefined)
		.on('line', line => each(JSON.parse(line) as T));
}
