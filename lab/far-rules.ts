// A table of the lab's own where programs answer that are not the lab's: what passed the rules there is named in the log.
import {logGroups} from '../core/contracts/evidence.ts';
import {deliveredPrefix} from '../scenarios/wire/witness.ts';

/**
 * Behind the policy's chain at the same hook, so that only what that let pass comes here. Datagrams alone: of a
 * connection the far kernel's handshake tells. Source: nft(8), "CHAINS", priority.
 */
export const farRules = (lab: string): string => `table inet firebreak_${lab}_far {
	chain delivered {
		type filter hook input priority filter + 10; policy accept;
		iif lo accept
		meta l4proto udp ct state new log prefix "${deliveredPrefix}" group ${logGroups.accept} snaplen 80
	}
}
`;
