// Which policy is in force on a lab that stays, since when, and what comes back where nobody confirms it in time.
import type {Ruleset} from '../core/contracts/enforcer.ts';
import type {InForce} from '../core/contracts/in-force.ts';
import type {Applied} from '../core/contracts/lab.ts';
import {FirebreakError} from '../core/model/failure.ts';

/** A policy and its rules. */
export interface Rules {
	readonly inForce: InForce;
	readonly rulesets: readonly Ruleset[];
}

export interface InForceState {
	readonly now: InForce;
	/** Milliseconds since 1970. */
	readonly since: number;
	readonly until: {readonly at: number; readonly back: string} | null;
}

export interface InForceOptions {
	readonly load: (rulesets: readonly Ruleset[]) => Promise<Applied>;
	/** Told of each change; `reverted`: nobody confirmed what was there. */
	readonly onChange: (state: InForceState, applied: Applied, why: 'applied' | 'reverted') => void;
	/** Rules could not be put back. */
	readonly onTrouble: (error: unknown) => void;
}

export interface InForceHolder {
	readonly state: InForceState;
	/** All or none. With `confirmWithinMs`, what was confirmed last comes back after that. */
	put(rules: Rules, confirmWithinMs?: number): Promise<Applied>;
	/** The same policy over another topology: what a change of the lab loads. @throws FirebreakError `unconfirmed` */
	move<T extends Applied>(rules: Rules, load: () => Promise<T>): Promise<T>;
	/** The name of what is there for good now; null where nothing waited for it. */
	confirm(): string | null;
	end(): void;
}

const unconfirmed = (name: string): FirebreakError =>
	new FirebreakError(
		'unconfirmed',
		`${name} waits to be confirmed, and what would come back is of the lab as it is`,
		'firebreak apply --confirm, or wait until it is gone',
	);

export function createInForce(first: Rules, {load, onChange, onTrouble}: InForceOptions): InForceHolder {
	let confirmed = first;
	let state: InForceState = {now: first.inForce, since: Date.now(), until: null};
	let current = first;
	let timer: NodeJS.Timeout | undefined;
	// One change after the other, whoever asks for it.
	let turn: Promise<unknown> = Promise.resolve();
	const change = async (rules: Rules, until: InForceState['until'], why: 'applied' | 'reverted'): Promise<Applied> => {
		const applied = await load(rules.rulesets);
		clearTimeout(timer);
		current = rules;
		if (until === null) confirmed = rules;
		state = {now: rules.inForce, since: Date.now(), until};
		onChange(state, applied, why);
		return applied;
	};
	const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
		const done = turn.then(work);
		turn = done.catch(() => undefined);
		return done;
	};
	/** Unless it was confirmed, or followed by another, while this waited for its turn. */
	const revert = (rules: Rules): void => {
		inTurn(async () => {
			if (current === rules && state.until !== null) await change(confirmed, null, 'reverted');
		}).catch(onTrouble);
	};
	return {
		get state() {
			return state;
		},
		put: (rules, confirmWithinMs) =>
			inTurn(async () => {
				const until =
					confirmWithinMs === undefined ? null : {at: Date.now() + confirmWithinMs, back: confirmed.inForce.name};
				const applied = await change(rules, until, 'applied');
				if (confirmWithinMs !== undefined) timer = setTimeout(revert, confirmWithinMs, rules);
				return applied;
			}),
		move: (rules, load) =>
			inTurn(async () => {
				if (state.until !== null) throw unconfirmed(state.now.name);
				const applied = await load();
				current = confirmed = rules;
				state = {...state, now: rules.inForce};
				return applied;
			}),
		confirm() {
			if (state.until === null) return null;
			clearTimeout(timer);
			confirmed = current;
			state = {...state, until: null};
			return state.now.name;
		},
		end: () => clearTimeout(timer),
	};
}
