// What a person sees while a rehearsal runs: on a terminal lines that fill in, and go when the result comes; elsewhere a
// plain line for each stage that is over.
import type {LabEvent} from '../core/contracts/event.ts';
import {beginning, fold, isOver, type RehearsalState, type Rehearsed} from '../tui/inline/rehearsal-state.ts';
import {plainLine} from '../tui/inline/rehearsal-view.ts';
import type {Io} from './io.ts';
import {drawInline} from './progress-inline.ts';

export interface Progress {
	tell(event: LabEvent): void;
	/** Gives the terminal back; harmless twice. */
	end(): void;
}

/** Something that shows the newest state. */
export interface Watcher {
	see(state: RehearsalState): void;
	end(): void;
}

/** The stream that progress may be drawn on, and what its owner wishes. */
export interface Outlook {
	readonly stream: NodeJS.WriteStream;
	readonly environment: {readonly TERM?: string | undefined; readonly CI?: string | undefined};
}

const processOutlook = (): Outlook => ({
	stream: process.stderr,
	environment: {TERM: process.env.TERM, CI: process.env.CI},
});

/** Silent where `io` is null: what is printed is for programs. */
export async function startProgress(
	rehearsal: Rehearsed,
	io: Io | null,
	outlook = processOutlook(),
): Promise<Progress> {
	if (io === null) return {tell: () => undefined, end: () => undefined};
	let state = beginning(rehearsal, performance.now());
	const watcher = canDraw(outlook) ? drawInline(outlook.stream, state, () => printPlain(io)) : printPlain(io);
	return {
		tell(event) {
			state = fold(state, event);
			watcher.see(state);
		},
		end: () => watcher.end(),
	};
}

/** Whether lines can be drawn over one another there: a terminal, that is not dumb, that is not a log of CI. */
export const canDraw = ({stream, environment}: Outlook): boolean =>
	stream.isTTY === true && environment.TERM !== 'dumb' && /^(|0|false)$/i.test(environment.CI ?? '');

/** Each stage once it is over, on a line of its own. */
function printPlain(io: Io): Watcher {
	let printed = 0;
	return {
		see(state) {
			for (; printed < state.stages.length && isOver(state.stages[printed]!); printed++)
				io.err(`${plainLine(state.stages[printed]!, state)}\n`);
		},
		end: () => undefined,
	};
}
