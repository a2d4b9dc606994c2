import {type FragmentForm, fragmentForms, type RawReply} from '../../core/contracts/network.ts';
import type {Technique} from '../../core/contracts/technique.ts';
import {planAims, settlesAim} from './aims.ts';
import {learned} from './learned.ts';
import {rawAnswers} from './spoof-source.ts';

const words: Readonly<Record<FragmentForm, string>> = {
	'tiny-head': 'with a tiny head',
	'lone-tail': 'a lone tail',
	whole: 'whole in two',
};
const outcomes: Readonly<Record<RawReply, string>> = {
	arrived: 'arrived',
	unseen: 'denied',
	inconclusive: 'inconclusive',
};

/**
 * One packet in pieces, in three forms. Connection tracking puts it together before a rule looks, so that it meets the same
 * rule as a whole one. A tail without its head is dropped there without a log, and so is an IPv6 head that does not hold the
 * whole TCP header (RFC 7112): inconclusive by rule, and no denial.
 */
export const fragment: Technique = {
	name: 'fragment',
	attack: {technique: 'T1599', tactic: 'TA0005', title: 'Network Boundary Bridging'},
	describes: {
		wire: 'A TCP SYN or UDP datagram in two fragments of IPv4 or IPv6, cut in its middle or after eight bytes, and a tail alone.',
		seen: 'Fragments so small that no link asks for them, and tails without heads.',
		cleanup: 'A half open connection is reset by the kernel of its sender; a tail is forgotten after 30 seconds.',
	},
	knownBy: 'lab',
	plan: knowledge =>
		planAims(knowledge, 'fragment', [...knowledge.hosts.values()], () => ({
			packets: fragmentForms.map(form => ({kind: 'fragmented', form})),
		})),
	async perform({from, address, protocol, port, packets = []}, number, network) {
		if (address === null || protocol === null || port === null) throw new Error('a packet needs a port');
		const attempt = {action: number, from, to: address, protocol, port};
		const replies = await Promise.all(packets.map(packet => network.raw(attempt, packet)));
		const said = packets.flatMap((packet, at) =>
			packet.kind === 'fragmented' ? [{form: packet.form, reply: replies[at]!}] : [],
		);
		const arrived = said.some(({reply}) => reply === 'arrived');
		const denied = said.some(({reply}) => reply === 'unseen');
		return learned({
			result: arrived ? 'success' : denied ? 'denied' : 'inconclusive',
			detail: said.map(({form, reply}) => `${words[form]}: ${outcomes[reply]}`).join(', '),
			probes: replies.length,
			answers: rawAnswers(replies),
			settled: arrived ? [settlesAim('fragment', address, `${port}/${protocol}`)] : [],
		});
	},
};
