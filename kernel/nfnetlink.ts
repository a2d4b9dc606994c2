// Messages of netfilter's netlink family. Source: linux/netfilter/nfnetlink.h.
import {message} from './netlink.ts';

/** `resource` is nfgenmsg's res_id: a group, for NFLOG. */
export function netfilterMessage(input: {
	readonly subsystem: number;
	readonly type: number;
	readonly flags: number;
	readonly family: number;
	readonly resource?: number;
	readonly attributes: readonly Buffer[];
}): Buffer {
	const header = Buffer.alloc(4);
	header.writeUInt8(input.family, 0);
	header.writeUInt16BE(input.resource ?? 0, 2);
	return message((input.subsystem << 8) | input.type, input.flags, header, input.attributes);
}

/** Where attributes start behind nlmsghdr. */
export const nfgenSize = 4;
