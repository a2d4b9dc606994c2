// What those who watch a lab that stays are told: everything of a run, and what happens between runs.
import type {Family, Protocol} from '../model/topology.ts';
import type {LabEvent} from './event.ts';
import type {KernelLog} from './evidence.ts';

/** One end of a packet: the workload that owns the address, or null. */
export interface PacketEnd {
	readonly workload: string | null;
	readonly address: string;
}

/** A rule's word on a packet that no probe sent: of a command that a user runs in a workload, or of what answers it. */
export interface PacketEvent {
	readonly kind: 'packet';
	/** The workload in whose namespace the rule stands. */
	readonly site: string;
	readonly log: KernelLog;
	readonly family: Family;
	readonly protocol: Protocol;
	readonly source: PacketEnd;
	readonly destination: PacketEnd;
	/** For icmp the identifier of an echo. */
	readonly sourcePort: number;
	/** The destination's; 0 for icmp. */
	readonly port: number;
	readonly atMs: number;
}

/** One line for people of what was done to the lab, and by which client (`#3`); what `logs` keeps. */
export interface NoteEvent {
	readonly kind: 'note';
	readonly text: string;
	readonly atMs: number;
}

/** What a workload's own program (`run:`) printed, a line, or that it ended; 128 and more: by a signal. */
export type ProgramEvent =
	| {readonly kind: 'output'; readonly workload: string; readonly text: string; readonly atMs: number}
	| {readonly kind: 'program-ended'; readonly workload: string; readonly code: number; readonly atMs: number};

export type WatchEvent =
	| LabEvent
	| PacketEvent
	| NoteEvent
	/** From here on everything counts anew: nobody is compromised, no conversation is open. */
	| {readonly kind: 'lab-reset'; readonly atMs: number}
	| ProgramEvent
	/** The attack's client went away, and the attack with it. */
	| {readonly kind: 'attack-stopped'; readonly scenario: string; readonly foothold: string; readonly atMs: number}
	/** So many events were left out, since whoever watches reads too slowly. */
	| {readonly kind: 'missed'; readonly events: number; readonly atMs: number};
