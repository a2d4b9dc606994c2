// The fabric's own table: a packet to an address that nobody owns is named in the log and dropped.
import {logGroups, renderLogPrefix} from '../core/contracts/evidence.ts';
import {metadataService} from '../core/model/metadata-service.ts';
import {ownerlessPrefix} from '../scenarios/wire/witness.ts';

const ownerless = `counter log prefix "${ownerlessPrefix}" group ${logGroups.deny} snaplen 80`;

/** The word of an end that no policy speaks for, as the control's table says it in a workload. */
const arrived = renderLogPrefix({direction: 'ingress', decision: 'allow', rule: 'none', placement: 'host'});

/**
 * Behind the rules of a policy in the fabric, which judge a sender first (enforcers/templates/far.njk). The fabric's default
 * route is of type unreachable. An IPv4 lookup then finds no way out (`oif missing`, as it does for the fabric's own
 * addresses, hence `!= local`); an IPv6 one says so by its type. Source: nft(8) "FIB EXPRESSIONS". What comes to the
 * metadata service, whose address is the fabric's where there is one, is named as arrived.
 */
export const fabricRules = (lab: string): string => `table inet firebreak_${lab}_fabric {
	chain arriving {
		type filter hook prerouting priority -100; policy accept;
		ip daddr != 224.0.0.0/4 fib daddr type != local fib daddr oif missing ${ownerless}
		fib daddr type unreachable ${ownerless}
	}
	chain metadata {
		type filter hook input priority filter; policy accept;
		ip daddr ${metadataService.address} ct state new log prefix "${arrived}" group ${logGroups.accept} snaplen 80
	}
}
`;
