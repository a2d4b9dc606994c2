import type {Duplex} from 'node:stream';

/** Carries bytes both ways between two streams; when one has ended, the other ends behind what was carried to it. */
export function join(one: Duplex, other: Duplex): void {
	carry(one, other);
	carry(other, one);
}

function carry(from: Duplex, to: Duplex): void {
	from.on('error', () => to.destroy());
	from.on('close', () => to.end(() => to.destroy()));
	from.pipe(to);
}
