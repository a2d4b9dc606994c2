// What an attacker did, folded into the world: who was tried, who fell, and the line that this is in the timeline.
import type {LabEvent} from '../../../core/contracts/event.ts';
import type {Evidence} from '../../../core/contracts/evidence.ts';
import {added} from '../history.ts';
import {type Batch, editable} from './batch.ts';
import {afterEvidence} from './fold-flow.ts';
import {ownerOf} from './owner.ts';
import type {Attempt, Fate, World} from './world.ts';

type Told<K extends LabEvent['kind']> = Extract<LabEvent, {kind: K}>;

/** How long an attempt is drawn. */
export const attemptMs = 1500;
/** Attempts that are drawn at once, at most. */
const mostAttempts = 24;

/** Another foothold of the same scenario, or another attack: those who fell before are fallen still. */
export function afterStart(
	world: World,
	{scenario, foothold, candidate, atMs}: Told<'attack-started'>,
	batch: Batch,
): World {
	const fate: Fate = {
		...(world.fates.get(foothold) ?? {denied: 0}),
		...{state: 'pivot', foothold: true, from: null, technique: null, atMs},
	};
	return {
		...world,
		attack: {scenario, foothold, candidate, startedMs: atMs, actions: 0, denied: 0, ended: null},
		fates: editable(world.fates, batch).set(foothold, fate),
		timeline: added(world.timeline, {kind: 'started', text: `${scenario} from ${foothold}`, atMs}, batch),
	};
}

export function afterAction(world: World, {record, evidence, atMs}: Told<'action'>, batch: Batch): World {
	const attack = world.attack && {
		...world.attack,
		actions: record.action,
		denied: world.attack.denied + (record.result === 'denied' ? 1 : 0),
	};
	const from = ownerOf(world.rehearsal.topology, record.from);
	const to = record.compromised ?? ownerOf(world.rehearsal.topology, record.to);
	const rule = record.result === 'denied' ? ruleOf(world, evidence) : null;
	const seen = evidence.reduce((so, one) => afterEvidence(so, one, {by: 'attack', atMs, batch}), world);
	const acted: World = {
		...seen,
		attack,
		timeline: added(seen.timeline, {kind: 'action', record, rule, atMs}, batch),
	};
	if (to === null || to === from) return acted;
	return {
		...acted,
		fates: editable(acted.fates, batch).set(
			to,
			nextFate(acted.fates.get(to), {record, from: from ?? record.from, atMs}),
		),
		attempts: from === null ? acted.attempts : recent(acted.attempts, attemptOf(from, to, record, atMs)),
	};
}

function nextFate(
	before: Fate | undefined,
	{record, from, atMs}: {readonly record: Told<'action'>['record']; readonly from: string; readonly atMs: number},
): Fate {
	const denied = (before?.denied ?? 0) + (record.result === 'denied' ? 1 : 0);
	if (record.compromised === null || before?.state === 'pivot')
		return before === undefined
			? {state: 'tried', foothold: false, from: null, technique: null, atMs, denied}
			: {...before, denied};
	const state = record.pivot ? 'pivot' : 'compromised';
	return {state, foothold: before?.foothold ?? false, from, technique: record.attack, atMs, denied};
}

const attemptOf = (from: string, to: string, record: Told<'action'>['record'], atMs: number): Attempt => ({
	...{from, to, port: record.port, protocol: record.protocol, atMs},
	result: record.compromised !== null ? 'fell' : record.result === 'denied' ? 'denied' : 'allowed',
});

/** With one more, and without those that nobody looks at any more. */
const recent = (attempts: readonly Attempt[], next: Attempt): readonly Attempt[] =>
	[...attempts.filter(({atMs}) => next.atMs - atMs < attemptMs), next].slice(-mostAttempts);

const ruleOf = ({policy}: World, evidence: readonly Evidence[]) => {
	const id = evidence.flatMap(({logs}) => logs).find(({decision}) => decision === 'deny')?.rule;
	return id === undefined ? null : (policy.rules.get(id) ?? null);
};
