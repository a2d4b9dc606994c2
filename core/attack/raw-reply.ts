import type {Evidence} from '../contracts/evidence.ts';
import type {RawReply} from '../contracts/network.ts';

/** What a crafted packet is answered with: an arrival outweighs every log, and a denial is one only by its log. */
export const rawReplyOf = ({arrival, outcome}: Evidence): RawReply =>
	arrival !== 'none' ? 'arrived' : outcome.kind === 'denied' ? 'unseen' : 'inconclusive';
