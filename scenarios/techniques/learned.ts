// How a technique says what it found: the fields that it leaves out taught nothing.
import type {Answer, Reply} from '../../core/contracts/network.ts';
import type {Learned} from '../../core/contracts/technique.ts';

const nothing: Learned = {
	result: 'nothing',
	detail: '',
	probes: 0,
	answers: {},
	hosts: [],
	absent: [],
	open: [],
	scanned: null,
	settled: [],
	shell: null,
	lost: null,
};

/** What an action taught, with nothing learned in the fields left out. */
export const learned = (found: Partial<Learned>): Learned => ({...nothing, ...found});

/** How many of each answer came, without those that did not. */
export function countAnswers(answers: readonly Answer[]): Learned['answers'] {
	const counts: Partial<Record<Answer, number>> = {};
	for (const answer of answers) counts[answer] = (counts[answer] ?? 0) + 1;
	return counts;
}

/**
 * What one conversation taught. Silence is read as a denial, since an attacker cannot tell more.
 *
 * @param to - the name that the far end goes by, for a session that does not say where it is
 * @param settles - the key that a refusal settles for every pivot
 */
export function learnedFromReply(reply: Reply, to: string, settles: string): Learned {
	switch (reply.kind) {
		case 'shell':
			return learned({...spoke, result: 'success', detail: `shell on ${reply.host.hostname}`, shell: reply.host});
		case 'session': {
			const lost = reply.hostname ?? to;
			return learned({...spoke, result: 'success', detail: `logged in to ${lost}`, lost});
		}
		case 'secrets': {
			const {secrets} = reply;
			return learned({...spoke, result: 'success', detail: `${plural(secrets.length, 'secret')} given`, secrets});
		}
		case 'carried':
			return learned({...spoke, result: 'success', detail: `${reply.bytes} bytes carried, hash confirmed`});
		case 'refused':
			return learned({...spoke, result: 'failure', detail: 'refused', settled: [settles]});
		case 'unanswered':
			return learned({probes: 1, answers: {[reply.answer]: 1}, ...unanswered[reply.answer]});
		default:
			return reply satisfies never;
	}
}

const spoke = {probes: 1, answers: {open: 1}} as const;

const unanswered = {
	silent: {result: 'denied', detail: 'no answer'},
	closed: {result: 'failure', detail: 'connection refused'},
	'no-host': {result: 'failure', detail: 'no such host'},
	open: {result: 'failure', detail: 'connected, and no reply'},
} as const satisfies Record<Answer, Partial<Learned>>;

/** `1 host`, `3 hosts`. */
export const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
