// What an engine's looks at a container say of it, those alone that came after its program was let go.
import type {ContainerInspectInfo} from 'dockerode';

export type Health =
	| {readonly kind: 'well' | 'starting' | 'unwatched'}
	/** What the last look printed. */
	| {readonly kind: 'unhealthy'; readonly said: string};

/** Docker's, where an image or topology says nothing. Nanoseconds. */
const usual = {every: 30e9, within: 30e9, retries: 3} as const;
/** So many looks Docker keeps. */
const mostLooks = 5;
const marginMs = 10_000;

/**
 * Docker looked also while the program stood at the gate: only failures since then count, as many as make a container
 * unhealthy. Without any look long after the first was due, nobody looks.
 *
 * @param openedAt - when its program was let go, and `now`: milliseconds since 1970
 */
export function healthOf(
	{State: {Health: health}, Config: {Healthcheck: check}}: Pick<ContainerInspectInfo, 'State' | 'Config'>,
	openedAt: number,
	now: number,
): Health {
	const log = health?.Log ?? [];
	const retries = Math.min(check?.Retries || usual.retries, mostLooks);
	const dueMs = ((check?.StartPeriod ?? 0) + (check?.Interval || usual.every) + (check?.Timeout || usual.within)) / 1e6;
	switch (health?.Status) {
		case 'unhealthy': {
			const since = log.filter(({Start}) => Date.parse(Start) >= openedAt);
			return since.length < retries ? {kind: 'starting'} : {kind: 'unhealthy', said: log.at(-1)?.Output ?? ''};
		}
		case 'starting':
			return {kind: log.length === 0 && now - openedAt > dueMs + marginMs ? 'unwatched' : 'starting'};
		default:
			// Podman has no word for a container without a check.
			return {kind: 'well'};
	}
}
