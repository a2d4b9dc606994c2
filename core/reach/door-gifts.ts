// What doors give an attacker: a shell to anybody, and by secret a shell or a session.
import {type Bits, noBits, setBit} from '../policy/bits.ts';
import type {DoorAt} from './attack-doors.ts';

export interface DoorGifts {
	readonly weak: Bits;
	/** By number of the secret. */
	readonly shells: readonly Bits[];
	readonly sessions: readonly Bits[];
}

/** @param secrets - how many there are */
export function doorGifts(doors: readonly DoorAt[], secrets: number): DoorGifts {
	const weak = noBits(doors.length);
	const shells = Array.from({length: secrets}, () => noBits(doors.length));
	const sessions = Array.from({length: secrets}, () => noBits(doors.length));
	for (const [at, {door}] of doors.entries()) {
		if (door.weak) setBit(weak, at);
		for (const secret of door.secrets) setBit((door.service.speaks === 'ssh' ? shells : sessions)[secret]!, at);
	}
	return {weak, shells, sessions};
}
