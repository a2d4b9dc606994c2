// What a person sees while a command takes its time: on a terminal lines that fill in, and go when the result comes;
// elsewhere a plain line for each stage that is over.
import type {LabEvent} from '../core/contracts/event.ts';
import {beginning, fold, type Purpose, type Rehearsed, type RunState} from '../tui/inline/run-state.ts';
import {plainLine} from '../tui/inline/run-view.ts';
import {isOver, type Stage} from '../tui/inline/stage.ts';
import type {Io} from './io.ts';
import {drawInline} from './progress-inline.ts';

export interface Progress {
	/** Lines fill in: a person looks at a terminal. */
	readonly draws: boolean;
	tell(event: LabEvent): void;
	/** A piece of the result that comes before the end, with its newline: it stays above what is drawn. */
	print(text: string): void;
	/** Gives the terminal back; harmless twice. @returns what was seen */
	end(): RunState;
}

/** Something that shows the newest state. */
export interface Watcher {
	see(state: RunState): void;
	print(text: string): void;
	end(): void;
}

/** The stream that progress may be drawn on, and what its owner wishes. */
export interface Outlook {
	readonly stream: NodeJS.WriteStream;
	readonly environment: {readonly TERM?: string | undefined; readonly CI?: string | undefined};
}

export interface Showing {
	/** Left out: what is booted is measured. */
	readonly purpose?: Purpose;
	/** Left out: stderr. */
	readonly outlook?: Outlook;
}

const processOutlook = (): Outlook => ({
	stream: process.stderr,
	environment: {TERM: process.env.TERM, CI: process.env.CI},
});

/** Silent where `io` is null: what is printed is for programs. */
export function startProgress(
	rehearsal: Rehearsed,
	io: Io | null,
	{purpose = 'measure', outlook = processOutlook()}: Showing = {},
): Progress {
	let state = beginning(rehearsal, performance.now(), purpose);
	const draws = io !== null && canDraw(outlook);
	// An attack on a lab that is up prints each action: that is progress enough for a pipe.
	const plain = (): Watcher => (purpose === 'attack' ? printResult(io!) : printPlain(io!));
	const watcher = io === null ? null : draws ? drawInline({...outlook, io, instead: plain}, state) : plain();
	return {
		draws,
		tell(event) {
			state = fold(state, event);
			watcher?.see(state);
		},
		print: text => watcher?.print(text),
		end() {
			watcher?.end();
			return state;
		},
	};
}

/** Whether lines can be drawn over one another there: a terminal, that is not dumb, that is not a log of CI. */
export const canDraw = ({stream, environment}: Outlook): boolean =>
	stream.isTTY === true && environment.TERM !== 'dumb' && /^(|0|false)$/i.test(environment.CI ?? '');

const printResult = (io: Io): Watcher => ({see: () => undefined, print: text => io.out(text), end: () => undefined});

const isLong = (stage: Stage): boolean =>
	stage.kind === 'work' && !isOver(stage) && (stage.work === 'pull' || stage.work === 'build');

/** What goes on for longer is told so often. */
const plainEveryMs = 10_000;

/** Each stage once it is over, on a line of its own; what may take minutes also when it begins. */
function printPlain(io: Io): Watcher {
	let printed = 0;
	let begun = 0;
	let state: RunState | undefined;
	let toldMs = performance.now();
	const say = (text: string): void => {
		toldMs = performance.now();
		io.err(`${text}\n`);
	};
	const timer = setInterval(() => {
		const last = state?.stages.at(-1);
		if (last !== undefined && !isOver(last) && performance.now() - toldMs >= plainEveryMs)
			say(plainLine(last, state!, performance.now()));
	}, 1000).unref();
	return {
		see(next) {
			state = next;
			const last = next.stages.length - 1;
			if (last >= begun && isLong(next.stages[last]!)) say(plainLine(next.stages[last]!, next));
			begun = last + 1;
			for (; printed < next.stages.length && isOver(next.stages[printed]!); printed++)
				say(plainLine(next.stages[printed]!, next));
		},
		print: text => io.out(text),
		end: () => clearInterval(timer),
	};
}
