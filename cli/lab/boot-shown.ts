// A lab that stays, booted while a person watches.
import {bootStaying, type StayingInput, type Stays} from '../../rehearsals/boot-staying.ts';
import type {RunState} from '../../tui/inline/run-state.ts';
import type {Io} from '../io.ts';
import {startProgress} from '../progress.ts';

/** @throws as `bootStaying`; the terminal is given back either way */
export async function bootShown(
	input: Omit<StayingInput, 'interrupted' | 'tell'>,
	io: Io,
): Promise<{readonly stays: Stays; readonly seen: RunState}> {
	const progress = startProgress(input.rehearsal, io, {purpose: 'stay'});
	try {
		const stays = await bootStaying({...input, interrupted: io.interrupted, tell: progress.tell});
		return {stays, seen: progress.end()};
	} finally {
		progress.end();
	}
}
