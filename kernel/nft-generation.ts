// How often a namespace's rules have changed: the kernel counts each transaction, whoever made it. Source:
// linux/netfilter/nf_tables.h, NFT_MSG_GETGEN.
import {eachAttribute, eachMessage, openNetlink, protocols, receive, send} from './netlink.ts';
import {netfilterMessage, nfgenSize} from './nfnetlink.ts';
import {closeSocket} from './sockets.ts';

const NFNL_SUBSYS_NFTABLES = 10;
const NFT_MSG_NEWGEN = 15;
const NFT_MSG_GETGEN = 16;
const NFTA_GEN_ID = 1;

const answer = Buffer.alloc(1024);
const question = (): Buffer =>
	netfilterMessage({subsystem: NFNL_SUBSYS_NFTABLES, type: NFT_MSG_GETGEN, flags: 0, family: 0, attributes: []});

/** Of the namespace the thread is in: one more after each transaction, by 2^32. Null where the kernel does not say. */
export function nftGeneration(): number | null {
	const fd = openNetlink(protocols.netfilter);
	try {
		send(fd, question());
		const length = receive(fd, answer);
		let found: number | null = null;
		eachMessage(answer, Math.max(0, length), (type, from, to) => {
			if (type !== ((NFNL_SUBSYS_NFTABLES << 8) | NFT_MSG_NEWGEN)) return;
			eachAttribute(answer, from + nfgenSize, to, (kind, at) => {
				if (kind === NFTA_GEN_ID) found = answer.readUInt32BE(at);
			});
		});
		return found;
	} finally {
		closeSocket(fd);
	}
}
