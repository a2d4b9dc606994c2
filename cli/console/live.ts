// The console on a lab that is up: its events come in, its actions go out as requests.
import type {WatchEvent} from '../../core/contracts/watch-event.ts';
import type {Rehearsal} from '../../core/model/rehearsal.ts';
import type {JoinedLab} from '../../lab/join.ts';
import {businessFlows} from '../../rehearsals/business-flows.ts';
import type {Action} from '../../tui/console/state.ts';
import type {Io} from '../io.ts';
import type {App, Source} from './app.ts';
import type {Edits} from './edits.ts';
import {attack, pace} from './perform/attack.ts';
import {edit} from './perform/edit.ts';
import {applyCandidate, applyFiles, cutOff, reset, undo} from './perform/policy.ts';
import {probeAll} from './perform/probe.ts';
import {probeInPieces} from './perform/probe-in-pieces.ts';
import {said} from './perform/said.ts';
import {shell} from './perform/shell.ts';

/** What an action is done with. */
export interface Doing {
	readonly app: App;
	readonly lab: JoinedLab;
	readonly rehearsal: Rehearsal;
	readonly seed: number;
	readonly edits: Edits;
	readonly io: Io;
}

/** How long a flow may stay without evidence. */
export const probeTimeoutMs = 1000;

/** Asks the lab for what a key asked for. */
export function liveSource(means: Omit<Doing, 'app'>): Source {
	const {lab, rehearsal} = means;
	const needs = businessFlows(rehearsal.topology).map(({flow}) => flow);
	// This process may be older than the lab, or younger.
	let offsetMs = Number.NEGATIVE_INFINITY;
	let shownSecond = -1;
	let probed: unknown;
	return {
		perform(action, app) {
			perform(action, {...means, app}).then(
				text => app.send({kind: 'done', action, said: text}),
				error => (isTold(error) ? app.send({kind: 'done', action, said: said(error.message, 'bad')}) : app.fail(error)),
			);
		},
		tick(app) {
			const {world} = app.state();
			offsetMs = Math.max(offsetMs, world.clockMs - performance.now());
			const clockMs = performance.now() + offsetMs;
			// The clock of the head goes on by seconds; what is drawn for a moment, by frames.
			const second = Math.floor(clockMs / 1000);
			if (world.attempts.length > 0 || second !== shownSecond) app.send({kind: 'tick', clockMs, playing: null});
			shownSecond = second;
			// What is broken is known again as soon as another policy is in force.
			if (probed !== world.policy) {
				const judging = world.policy;
				probed = judging;
				probeInPieces(lab, needs, () => probed === judging).catch(() => undefined);
			}
		},
	};
}

async function perform(action: Action, doing: Doing) {
	switch (action.kind) {
		case 'attack':
			return attack(action, doing);
		case 'pace':
			return pace(action, doing);
		case 'stop': {
			const {attacking} = await doing.lab.ask('stop', {});
			return attacking ? said('the attack is stopped') : said('no attack is under way', 'bad');
		}
		case 'apply':
			return applyCandidate(action, doing);
		case 'apply-files':
			return applyFiles(action, doing);
		case 'undo':
			return undo(doing);
		case 'edit':
			return edit(doing);
		case 'quarantine':
		case 'release':
			return cutOff(action, doing);
		case 'shell':
			return shell(action.workload, doing);
		case 'probe':
			return probeAll(doing);
		case 'reset':
			return reset(doing);
		case 'seek':
			return said('this is a live lab: nothing is wound back', 'bad');
		case 'quit':
			doing.app.quit();
			return null;
		default:
			return action satisfies never;
	}
}

/** What a lab answers in words; anything else is a bug. */
const isTold = (error: unknown): error is Error => error instanceof Error && 'mend' in error;

/** Events that tell nothing new to a screen. */
export const isShown = ({kind}: WatchEvent): boolean => kind !== 'stage';
