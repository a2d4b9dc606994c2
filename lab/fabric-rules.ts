// The fabric's own table: a packet to an address that nobody owns is named in the log and dropped.
import {logGroups} from '../core/contracts/evidence.ts';
import {ownerlessPrefix} from '../scenarios/wire/witness.ts';

/** Source: nft(8) "FIB EXPRESSIONS"; the fabric's default route is of type unreachable. */
export const fabricRules = (lab: string): string => `table inet firebreak_${lab}_fabric {
	chain arriving {
		type filter hook prerouting priority -200; policy accept;
		fib daddr type { unreachable, blackhole } log prefix "${ownerlessPrefix}" group ${logGroups.deny} snaplen 80 counter
	}
}
`;
