// Forged answers of the address resolution protocol, and the tables that would believe them.
// Source: RFC 826; packet(7); linux/neighbour.h.
import {errnoName, libc, must} from './libc.ts';
import {eachAttribute, eachMessage, message, NLM, NLMSG, openNetlink, protocols, receive, send} from './netlink.ts';
import {AF, bytesOf} from './sockaddr.ts';
import {closeSocket} from './sockets.ts';

const AF_PACKET = 17;
const SOCK_RAW = 3;
const ETH_P_ARP = 0x0806;
const RTM_GETNEIGH = 30;
const NDA = {destination: 1, lladdr: 2} as const;
const broadcast = Buffer.alloc(6, 0xff);
const reply = 2;

/** One link of the namespace the thread is in. */
export interface Link {
	readonly index: number;
	/** `02:00:00:00:00:01`. */
	readonly mac: string;
}

/** An IPv4 neighbour: `address` is reached at `mac` on the link with that index. */
export interface Neighbour {
	readonly index: number;
	readonly address: string;
	readonly mac: string;
}

/**
 * Sends to everybody on the link, as if `to` had asked, that `claimed` is reached at the link's own hardware address. Null, or
 * why it was not sent.
 */
export function sendForgedArp({index, mac}: Link, claimed: string, to: string): string | null {
	const own = Buffer.from(mac.replaceAll(':', ''), 'hex');
	const frame = Buffer.concat([
		broadcast,
		own,
		Buffer.from([ETH_P_ARP >> 8, ETH_P_ARP & 255, 0, 1, 8, 0, 6, 4, 0, reply]),
		own,
		bytesOf(claimed),
		broadcast,
		bytesOf(to),
	]);
	const address = Buffer.alloc(20);
	address.writeUInt16LE(AF_PACKET, 0);
	address.writeUInt16BE(ETH_P_ARP, 2);
	address.writeInt32LE(index, 4);
	address[11] = 6;
	broadcast.copy(address, 12);
	const fd = must('socket', AF_PACKET, SOCK_RAW | 0o2000000, 0);
	try {
		const sent = libc().sendto(fd, frame, frame.length, 0, address, address.length);
		return sent < 0 ? errnoName(libc().errno()) : null;
	} finally {
		closeSocket(fd);
	}
}

/** The IPv4 neighbours that the namespace the thread is in knows. */
export function listNeighbours(): readonly Neighbour[] {
	const fd = openNetlink(protocols.route);
	const found: Neighbour[] = [];
	try {
		const header = Buffer.alloc(12);
		header.writeUInt8(AF[4], 0);
		send(fd, message(RTM_GETNEIGH, NLM.dump, header, []));
		const data = Buffer.alloc(1 << 16);
		for (let done = false; !done; ) {
			const length = receive(fd, data);
			if (length <= 0) break;
			eachMessage(data, length, (type, from, to) => {
				if (type === NLMSG.done || type === NLMSG.error) done = true;
				else {
					let address = '';
					let mac = '';
					eachAttribute(data, from + 12, to, (kind, start, end) => {
						if (kind === NDA.destination) address = [...data.subarray(start, end)].join('.');
						else if (kind === NDA.lladdr) mac = data.toString('hex', start, end).replaceAll(/..(?=.)/g, '$&:');
					});
					found.push({index: data.readInt32LE(from + 4), address, mac});
				}
			});
		}
		return found;
	} finally {
		closeSocket(fd);
	}
}
