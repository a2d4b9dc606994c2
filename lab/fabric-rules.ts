// The fabric's own table: a packet to an address that nobody owns is named in the log and dropped.
import {logGroups} from '../core/contracts/evidence.ts';
import {ownerlessPrefix} from '../scenarios/wire/witness.ts';

const ownerless = `counter log prefix "${ownerlessPrefix}" group ${logGroups.deny} snaplen 80`;

/**
 * Behind the rules of a policy in the fabric, which judge a sender first (enforcers/templates/far.njk). The fabric's default route is of type unreachable. An IPv4 lookup then finds no way out (`oif missing`, as it does for
 * the fabric's own addresses, hence `!= local`); an IPv6 one says so by its type. Source: nft(8) "FIB EXPRESSIONS".
 */
export const fabricRules = (lab: string): string => `table inet firebreak_${lab}_fabric {
	chain arriving {
		type filter hook prerouting priority -100; policy accept;
		ip daddr != 224.0.0.0/4 fib daddr type != local fib daddr oif missing ${ownerless}
		fib daddr type unreachable ${ownerless}
	}
}
`;
