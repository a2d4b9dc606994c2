// Which ends an enforcer judges. Source: DESIGN "Enforcement", LANGUAGE "Meaning".
import type {Placement} from '../model/policy.ts';
import type {End} from './selector.ts';

/**
 * Whether the end is judged at this placement. Never an address that no workload owns, nor an outside host; at `host`
 * only managed workloads; at `gateway` only flows that leave a segment.
 */
export function isJudged(placement: Placement, end: End, peer: End): boolean {
	if (end.workload === null || end.workload.outside) return false;
	switch (placement) {
		case 'host':
			return end.workload.managed;
		case 'fabric':
		case 'host+fabric':
			return true;
		case 'gateway':
			return !shareSegment(end, peer);
		default:
			return placement satisfies never;
	}
}

const segmentOf = ({workload, address}: End): string | null =>
	workload?.addresses.find(own => own.address === address)?.segment ?? null;

function shareSegment(end: End, peer: End): boolean {
	const segment = segmentOf(end);
	return segment !== null && segment === segmentOf(peer);
}
