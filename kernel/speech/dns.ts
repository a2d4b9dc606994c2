// The door to dns-packet: a name server for the lab's own names, over udp and tcp. Source: RFC 1035, RFC 7766.
import {type Answer, AUTHORITATIVE_ANSWER, decode, encode, RECURSION_DESIRED, TRUNCATED_RESPONSE} from 'dns-packet';
import type {Family} from '../../core/model/topology.ts';
import {hangUp, type Speech} from './speech.ts';

/** Addresses of a name (lower case, no final dot) in one family; undefined where no such name exists in either. */
export type Lookup = (name: string, family: Family) => readonly string[] | undefined;

/** The name that a name for reverse lookup (lower case, no final dot) stands for; undefined where there is none. */
export type Pointer = (name: string) => string | undefined;

const headerLength = 12;
const maximumQuery = 4096;
const ttlSeconds = 60;
const codes = {ok: 0, formatError: 1, noSuchName: 3, notImplemented: 4};

const isReply = (query: Buffer): boolean => (query[2]! & 0x80) !== 0;

/** A question for the IPv4 addresses of a name. */
export const renderQuery = (name: string): Buffer =>
	encode({type: 'query', id: 1, flags: RECURSION_DESIRED, questions: [{type: 'A', name}]});

/** A question for the texts of a name. */
export const renderTextQuery = (name: string): Buffer =>
	encode({type: 'query', id: 1, flags: RECURSION_DESIRED, questions: [{type: 'TXT', name}]});

/** The texts in a reply; none in anything else. */
export function parseTexts(reply: Buffer): readonly string[] {
	try {
		if (reply.length < headerLength || !isReply(reply)) return [];
		return (decode(reply).answers ?? []).flatMap(answer =>
			answer.type === 'TXT' ? [answer.data].flat().map(String) : [],
		);
	} catch {
		return [];
	}
}

/** Only a header: what is answered to a query that cannot be read. */
const refusal = (query: Buffer, code: number): Buffer => {
	const reply = Buffer.alloc(headerLength);
	query.copy(reply, 0, 0, 2);
	reply[2] = 0x80;
	reply[3] = code;
	return reply;
};

export interface AnswerOptions {
	/** Left out: no reverse lookup. */
	readonly pointer?: Pointer | undefined;
	/** The texts of a name (lower case, no final dot); undefined where it has none. Left out: no name has any. */
	readonly texts?: ((name: string) => readonly string[] | undefined) | undefined;
	/** Over udp: what is longer than the asker takes is cut to its question, and asked again over tcp. Left out: any length. */
	readonly truncate?: true;
}

/** The reply to one query; null where there is nothing to answer to (too short, or itself a reply). */
export function answerDns(
	query: Buffer,
	lookup: Lookup,
	{pointer, texts, truncate}: AnswerOptions = {},
): Buffer | null {
	if (query.length < headerLength || isReply(query)) return null;
	try {
		const {id, flags = 0, questions = [], additionals = []} = decode(query);
		const question = questions[0];
		if (question === undefined || questions.length > 1) return refusal(query, codes.formatError);
		if ((flags & 0x7800) !== 0) return refusal(query, codes.notImplemented);
		const name = question.name.toLowerCase();
		const wanted = question.type === 'A' ? 4 : question.type === 'AAAA' ? 6 : null;
		const pointed = pointer?.(name);
		const told = question.type === 'TXT' ? texts?.(name) : undefined;
		const found =
			told ?? (pointed === undefined ? lookup(name, wanted ?? 4) : question.type === 'PTR' ? [pointed] : []);
		const answers = (wanted === null && pointed === undefined && told === undefined ? [] : (found ?? [])).map(
			(data): Answer => ({type: question.type as 'A', name: question.name, ttl: ttlSeconds, data}),
		);
		const code = found === undefined ? codes.noSuchName : codes.ok;
		const replyFlags = AUTHORITATIVE_ANSWER | (flags & RECURSION_DESIRED) | code;
		const reply = {type: 'response' as const, id: id ?? 0, questions: [question]};
		const whole = encode({...reply, flags: replyFlags, answers});
		// RFC 1035 4.2.1; RFC 6891 6.2.3 for who says that it takes more.
		const most = additionals.find(one => one.type === 'OPT')?.udpPayloadSize ?? 512;
		return truncate && whole.length > Math.max(512, most)
			? encode({...reply, flags: replyFlags | TRUNCATED_RESPONSE, answers: []})
			: whole;
	} catch {
		return refusal(query, codes.formatError);
	}
}

/** The same over tcp: each message has its length, two bytes, in front. What cannot be a query ends the connection. */
export function dnsSpeech(lookup: Lookup, options: Pick<AnswerOptions, 'pointer' | 'texts'> = {}): Speech {
	return socket => {
		// A query is one name: what claims to be longer is another protocol, and would be waited for in vain.
		const tooLong = (): boolean => pending.length >= 2 && pending.readUInt16BE(0) > maximumQuery;
		let pending: Buffer = Buffer.alloc(0);
		socket.on('data', chunk => {
			pending = Buffer.concat([pending, chunk]);
			while (pending.length >= 2 && pending.length >= 2 + pending.readUInt16BE(0)) {
				const end = 2 + pending.readUInt16BE(0);
				const reply = answerDns(pending.subarray(2, end), lookup, options);
				if (reply === null) return hangUp(socket);
				pending = pending.subarray(end);
				const length = Buffer.alloc(2);
				length.writeUInt16BE(reply.length);
				socket.write(Buffer.concat([length, reply]));
			}
			if (tooLong()) hangUp(socket);
		});
		socket.resume();
	};
}
