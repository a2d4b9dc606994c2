import {parsePortText} from '../../core/attack/known-ports.ts';
import type {FoundSecret, Reply} from '../../core/contracts/network.ts';
import type {Knowledge, KnownHost, PlannedAction, Technique} from '../../core/contracts/technique.ts';
import {wellKnownUsers} from '../../core/model/well-known-users.ts';
import {countAnswers, learnedFromReply, plural} from './learned.ts';
import {loginWay, protocolsByPort, settles} from './login.ts';
import {openTargets, sortActions, usableAddresses} from './targets.ts';

/** What everybody tries first: users whose password is their name. */
const defaults: readonly FoundSecret[] = wellKnownUsers.map(user => ({
	id: `default ${user}`,
	kind: 'password',
	user,
	material: user,
	speaks: [],
}));

/** Protocols that know a login by password. */
const withLogins: ReadonlySet<string> = new Set(['ssh', 'http', 'postgres', 'redis', 'mysql', 'smb', 'ldap', 'kafka']);

/**
 * Every password held, and the defaults, one after the other at each open port that knows logins, whatever each was meant
 * for; an action is one service from one pivot. What `reuse-password` tried or was refused is not tried again. It ends at the
 * first that fits, at silence, and at the first answer where nobody asks for a login.
 */
export const sprayPasswords: Technique = {
	name: 'spray-passwords',
	attack: {technique: 'T1110.003', tactic: 'TA0006', title: 'Brute Force: Password Spraying'},
	describes: {
		wire: 'Many logins to one service by its protocol: each password found so far, then a few default ones.',
		seen: 'Failed logins of many accounts from one source within seconds.',
		cleanup: 'Nothing: no account is locked, and no file is written.',
	},
	plan(knowledge) {
		const spoken = protocolsByPort(knowledge);
		const isUsable = usableAddresses(knowledge);
		const at = ({address, name, open}: KnownHost): readonly PlannedAction[] =>
			[...open].flatMap(([port, pivots]) =>
				spoken(address, port)
					.filter(speaks => withLogins.has(speaks) && (speaks === 'ssh' || !knowledge.lost.has(name)))
					.filter(speaks => port.endsWith('/tcp') && !knowledge.done.has(noLogins(address, port, speaks)))
					.flatMap(speaks =>
						[...pivots]
							.filter(from => isUsable(from, {address, name}) && !knowledge.done.has(closed(from, address, port)))
							.map(from => ({
								key: `spray-passwords ${from} ${address} ${port} ${speaks} ${knowledge.secrets.size}`,
								technique: 'spray-passwords' as const,
								from,
								to: name,
								address,
								...parsePortText(port),
								secret: null,
								speaks,
							})),
					),
			);
		return sortActions(
			openTargets(knowledge)
				.flatMap(at)
				.filter(action => !knowledge.done.has(action.key) && untried(knowledge, action).length > 0),
		);
	},
	async perform(action, number, network, knowledge) {
		const {from, to, address, protocol, port, speaks} = action;
		if (address === null || protocol === null || port === null || speaks === null)
			throw new Error('a spray needs a port and a protocol');
		const text = `${port}/${protocol}`;
		const tried: {readonly secret: FoundSecret; readonly reply: Reply}[] = [];
		for (const secret of untried(knowledge, action)) {
			const attempt = {action: number, from, to: address, protocol, port};
			const reply = await network.talk(attempt, {kind: 'login', speaks, secret});
			tried.push({secret, reply});
			if (reply.kind !== 'refused' || reply.logins === 'none') break;
		}
		const {secret, reply} = tried.at(-1)!;
		const found = learnedFromReply(reply, to, '');
		const answers = tried.map(({reply: one}) => (one.kind === 'unanswered' ? one.answer : 'open'));
		const takesNone = reply.kind === 'refused' && reply.logins === 'none';
		return {
			...found,
			detail: `${takesNone ? 'takes no logins' : found.detail}, ${plural(tried.length, 'password')} tried`,
			probes: tried.length,
			answers: countAnswers(answers),
			settled: [
				...tried.filter(one => one.reply.kind === 'refused').map(one => settles(one.secret, speaks, address, text)),
				...(takesNone ? [noLogins(address, text, speaks)] : []),
				...(reply.kind === 'unanswered' ? [closed(from, address, text)] : []),
			],
			...(found.shell !== null && {way: loginWay(secret)}),
		};
	},
};

/** Those that nobody was refused with there, and that this pivot did not try, the found ones first. */
function untried(
	{secrets, done}: Knowledge,
	{from, address, port, protocol, speaks}: PlannedAction,
): readonly FoundSecret[] {
	const text = `${port}/${protocol}`;
	const held = [...secrets.values()].filter(({kind}) => kind === 'password').sort((a, b) => (a.id < b.id ? -1 : 1));
	return [...held, ...defaults].filter(
		secret =>
			!done.has(settles(secret, speaks!, address!, text)) &&
			!done.has(`reuse-password ${from} ${address} ${text} ${speaks} ${secret.id}`),
	);
}

const noLogins = (address: string, port: string, speaks: string): string => `no logins ${speaks} ${address} ${port}`;

/** Nothing answers this pivot there any more, or never did. */
const closed = (from: string, address: string, port: string): string => `spray ended ${from} ${address} ${port}`;
