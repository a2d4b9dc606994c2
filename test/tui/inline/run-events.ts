// A rehearsal as its readers are told of it: `told(booted(), probed('flat', 4), …)`.
import type {ActionRecord, ActionResult, AttackEnd, LabEvent} from '../../../core/contracts/event.ts';
import {beginning, fold, type Purpose, type RunState} from '../../../tui/inline/run-state.ts';
import {open} from '../../builders/evidence.ts';
import {flow} from '../../builders/flow.ts';
import {candidate} from '../../builders/measuring.ts';
import {topology} from '../../builders/topology.ts';

export const shop = (names: readonly string[] = ['flat', 'segmented', 'too-tight']) => ({
	topology: topology({'web-1.prod': {}, 'web-2.prod': {}, 'db.prod': {}, 'wiki.dev': {}}),
	candidates: names.map(name => candidate(name)),
});

/** The state after these events, of a rehearsal that began at 0 ms. */
export const after = (events: readonly LabEvent[], names?: readonly string[], purpose?: Purpose): RunState =>
	events.reduce(fold, beginning(shop(names), 0, purpose));

/** How far something is that comes before anything is measured. */
export const step = (
	stage: string,
	text: string,
	[done, total]: readonly [number, number],
	atMs: number,
	...waiting: readonly string[]
): LabEvent => ({kind: 'stage', stage, text, done, total, atMs, ...(waiting.length > 0 && {waiting})});

export const booted = (atMs = 1000): LabEvent => ({
	kind: 'lab-booted',
	lab: 'x',
	workloads: 4,
	rootless: true,
	bootMs: 310,
	atMs,
});

export const applied = (name: string, atMs: number): LabEvent => ({
	kind: 'policy-applied',
	candidate: name,
	applyMs: 12,
	atMs,
});

export const probing = (done: number, total: number, atMs = 0): LabEvent => ({
	kind: 'stage',
	stage: 'probe',
	text: 'flows probed',
	done,
	total,
	atMs,
});

/** Each flow, told one by one. */
export const probed = (name: string, flows: number, atMs: number): readonly LabEvent[] =>
	Array.from({length: flows}, () => ({
		kind: 'flow-probed',
		candidate: name,
		evidence: open(flow('wiki.dev', 'db.prod:5432')),
		atMs,
	}));

interface About {
	readonly candidate: string;
	readonly scenario: string;
	readonly foothold: string;
}

export const about = (name: string, scenario = 'ransomware', foothold = 'wiki.dev'): About => ({
	candidate: name,
	scenario,
	foothold,
});

export const started = (
	who: About,
	atMs: number,
	expectedActions: number | null = null,
	turn = {number: 1, of: 1},
): LabEvent => ({kind: 'attack-started', ...who, turn, expectedActions, atMs});

export const attacking = (done: number, entered: number, denied: number, atMs = 0): LabEvent => ({
	kind: 'stage',
	stage: 'attack',
	text: 'actions',
	done,
	total: 5000,
	entered,
	denied,
	atMs,
});

/** Actions told one by one: `s`uccess that enters a workload, `d`enied, `f`ailure. */
export const acted = (who: About, results: string): readonly LabEvent[] =>
	[...results].map((letter, at) => ({kind: 'action', ...who, record: record(at + 1, letter), evidence: [], atMs: at}));

export const ended = (who: About, atMs: number, how: AttackEnd = 'exhausted'): LabEvent => ({
	kind: 'attack-ended',
	...who,
	ended: how,
	atMs,
});

const results: Readonly<Record<string, ActionResult>> = {s: 'success', d: 'denied', f: 'failure'};

const record = (action: number, letter: string): ActionRecord => ({
	action,
	atMs: action,
	technique: 'exploit-service',
	attack: 'T1210',
	from: 'wiki.dev',
	to: 'db.prod',
	protocol: 'tcp',
	port: 5432,
	result: results[letter]!,
	probes: 1,
	answers: {},
	compromised: letter === 's' ? 'db.prod' : null,
	pivot: false,
	detail: '',
});
