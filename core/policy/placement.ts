// Which ends an enforcer judges, and where. Source: DESIGN "Enforcement", LANGUAGE "Meaning".
import type {Direction, Placement, RulePlace} from '../model/policy.ts';
import type {End} from './selector.ts';

const places: Readonly<Record<Placement, readonly RulePlace[]>> = {
	host: ['host'],
	fabric: ['fabric'],
	gateway: ['gateway'],
	'host+fabric': ['host', 'fabric'],
};

/** The places at which a placement puts rules; the host first. */
export const placesOf = (placement: Placement): readonly RulePlace[] => places[placement];

/** The place beyond the workloads at which a placement puts rules: all of them stand in the fabric's namespace. */
export const farPlace = (placement: Placement): Exclude<RulePlace, 'host'> | null =>
	places[placement].find(place => place !== 'host') ?? null;

/**
 * Whether the end is judged at this placement. Never an address that no workload owns, nor an outside host; at `host`
 * only managed workloads; at `gateway` only flows that leave a segment; at two places where either judges.
 */
export const isJudged = (placement: Placement, end: End, peer: End): boolean =>
	places[placement].some(place => isJudgedAt(place, end, peer));

function isJudgedAt(place: RulePlace, end: End, peer: End): boolean {
	if (end.workload === null || end.workload.outside) return false;
	switch (place) {
		case 'host':
			return end.workload.managed;
		case 'fabric':
			return true;
		case 'gateway':
			return !shareSegment(end, peer);
		default:
			return place satisfies never;
	}
}

/** Something that logs a flow's first packet: rules that judge that end, or the control's table, which says `none`. */
export interface Stand {
	readonly place: RulePlace;
	readonly direction: Direction;
	readonly judges: boolean;
}

/** What the first packet of a flow meets, in its order; every workload has a table, whether or not it judges. */
export function standsOf(placement: Placement, source: End, destination: End): readonly Stand[] {
	const hosts = places[placement].includes('host');
	const far = farPlace(placement);
	const host = (direction: Direction, end: End, peer: End): readonly Stand[] =>
		end.workload === null ? [] : [{place: 'host', direction, judges: hosts && isJudgedAt('host', end, peer)}];
	const beyond = (direction: Direction, end: End, peer: End): readonly Stand[] =>
		far !== null && isJudgedAt(far, end, peer) ? [{place: far, direction, judges: true}] : [];
	return [
		...host('egress', source, destination),
		...beyond('egress', source, destination),
		...beyond('ingress', destination, source),
		...host('ingress', destination, source),
	];
}

/** The segment of an end's address; null where it is in none. */
export const segmentOf = ({workload, address}: End): string | null =>
	workload?.addresses.find(own => own.address === address)?.segment ?? null;

function shareSegment(end: End, peer: End): boolean {
	const segment = segmentOf(end);
	return segment !== null && segment === segmentOf(peer);
}
