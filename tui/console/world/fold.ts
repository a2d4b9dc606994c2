// The world after more events. Whatever the order of events, it never throws: a console may come late, and a recording
// may be cut.
import type {WatchEvent} from '../../../core/contracts/watch-event.ts';
import {quarantinedBy} from '../../../core/policy/quarantine.ts';
import {added} from '../history.ts';
import type {Batch} from './batch.ts';
import {emptyLists, worldPolicy} from './begin.ts';
import {afterAction, afterStart} from './fold-attack.ts';
import {afterPacket, afterProbe} from './fold-flow.ts';
import type {Step, World, WorldPolicy} from './world.ts';

/** The world after these events. */
export function fold(world: World, events: Iterable<WatchEvent>): World {
	const batch: Batch = new WeakSet();
	let next = world;
	for (const event of events) next = after(next, event, batch);
	return next;
}

function after(world: World, event: WatchEvent, batch: Batch): World {
	const at = {...world, clockMs: Math.max(world.clockMs, event.atMs)};
	switch (event.kind) {
		case 'policy-applied':
			return judgedAnew(event.inForce === undefined ? ofNobody(at) : at, policyOf(world, event), {
				atMs: event.atMs,
				batch,
			});
		case 'flow-probed':
			return afterProbe(at, event.evidence, event.atMs, batch);
		case 'packet':
			return afterPacket(at, event, batch);
		case 'attack-started':
			return afterStart(event.anew === true ? ofNextRun(at, event, batch) : at, event, batch);
		case 'action':
			return afterAction(at, event, batch);
		case 'attack-ended':
		case 'attack-stopped':
			return over(at, event.kind === 'attack-stopped' ? 'stopped' : event.ended, {atMs: event.atMs, batch});
		case 'lab-reset':
			return undone(at);
		case 'note':
			return {...at, log: added(at.log, {text: event.text, atMs: event.atMs}, batch)};
		case 'missed':
			return {...at, missed: at.missed + event.events};
		default:
			return at;
	}
}

/** Nobody is compromised, and no rule was hit. */
const undone = (world: World): World => ({
	...world,
	...{fates: new Map(), attack: null, attempts: [], hits: new Map(), lastRule: null},
});

/** Of a rehearsal: what attackers before did is neither there nor told. */
const ofNobody = (world: World): World => ({...undone(world), ...emptyLists()});

/** What was probed under the candidate stays known to its next attacker. */
function ofNextRun(
	world: World,
	{candidate, atMs}: Extract<WatchEvent, {kind: 'attack-started'}>,
	batch: Batch,
): World {
	const alone = ofNobody(world);
	return candidate === world.policy.name
		? alone
		: judgedAnew(alone, policyOf(world, {kind: 'policy-applied', candidate, applyMs: 0, atMs}), {atMs, batch});
}

type Applied = Extract<WatchEvent, {kind: 'policy-applied'}>;

/** A lab that stays says what is in force; of a rehearsal it is one of its candidates. */
function policyOf({rehearsal, policy}: World, {candidate, inForce, atMs}: Applied): WorldPolicy {
	if (inForce !== undefined) return worldPolicy(inForce, atMs);
	const known = rehearsal.candidates.find(({name}) => name === candidate);
	return known === undefined
		? {...policy, name: candidate, sinceMs: atMs}
		: worldPolicy({...known, observed: false}, atMs);
}

interface When {
	readonly atMs: number;
	readonly batch: Batch;
}

/** Under another policy nothing is known of what it breaks before that is probed. */
const judgedAnew = (world: World, policy: WorldPolicy, {atMs, batch}: When): World => ({
	...world,
	policy,
	quarantined: new Set(quarantinedBy(policy.stack)),
	hits: new Map(),
	lastRule: null,
	needs: new Map(),
	measured: new Map(),
	timeline: added(world.timeline, {kind: 'policy', text: changeText(world, policy), atMs}, batch),
});

/** What changed: who is cut off, or which policy judges. */
function changeText({quarantined}: World, {name, stack, observed}: WorldPolicy): string {
	const now = quarantinedBy(stack);
	const cut = now.filter(one => !quarantined.has(one));
	const back = [...quarantined].filter(one => !now.includes(one));
	if (cut.length > 0) return `${cut.join(', ')} quarantined`;
	if (back.length > 0) return `${back.join(', ')} released`;
	return `${name} ${observed ? 'observes' : 'is in force'}`;
}

function over(world: World, ended: NonNullable<World['attack']>['ended'], {atMs, batch}: When): World {
	if (world.attack === null) return world;
	const step: Step = {kind: 'over', text: `${world.attack.scenario}: ${endings[ended ?? 'stopped']}`, atMs};
	return {...world, attack: {...world.attack, ended}, timeline: added(world.timeline, step, batch)};
}

const endings = {
	exhausted: 'nothing is left to try',
	goal: 'it has what it wanted',
	limit: 'a limit ended it',
	stopped: 'stopped',
} as const;
