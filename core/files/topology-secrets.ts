// Secrets: what each opens, one for each environment where the file says so, and who holds which.
import type {Secret, Workload} from '../model/topology.ts';
import {wellKnownUsers} from '../model/well-known-users.ts';
import {didYouMean} from './nearest.ts';
import {plainWord} from './plain-word.ts';
import type {Path} from './reading.ts';
import {selectedWorkloads} from './selected.ts';
import {readSelector} from './selector.ts';
import {complain, type Declared, type Draft} from './topology-declarations.ts';
import {readingOf} from './topology-dependencies.ts';
import type {KindDraft} from './topology-kinds.ts';
import type {SecretInput} from './topology-schema.ts';
import type {Vocabulary} from './vocabulary.ts';

type Opening = Secret['opens'][number];

export interface Secrets {
	/** Sorted by id; those that open nothing and nobody holds are left out. */
	readonly secrets: readonly Secret[];
	/** Ids by name of the kind that holds them, sorted. */
	readonly heldBy: ReadonlyMap<string, readonly string[]>;
	/** Ids by name of the kind to which its metadata service gives them, sorted; kinds without one are not in it. */
	readonly givenTo: ReadonlyMap<string, readonly string[]>;
}

export function resolveSecrets(draft: Draft, kinds: readonly KindDraft[], known: Vocabulary): Secrets {
	const environmentOf = new Map(known.topology.workloads.map(({name, environment}) => [name, environment]));
	const secrets = new Map<string, Secret>();
	for (const declared of draft.secrets.values()) {
		const {name, input} = declared;
		const opens = openedBy(draft, known, declared);
		checkWellKnown(draft, declared);
		const scopes = input.per.length > 0 ? draft.environments : [null];
		for (const scope of scopes) {
			const id = scope === null ? name : `${name}@${scope}`;
			const its = scope === null ? opens : opens.filter(({workload}) => environmentOf.get(workload) === scope);
			secrets.set(id, {
				...{id, kind: input.kind, user: input.user, opens: its},
				...(input.wellKnown && {wellKnown: true}),
			});
		}
	}
	const heldBy = new Map<string, readonly string[]>();
	const givenTo = new Map<string, readonly string[]>();
	for (const kind of kinds) {
		const order = deployKey(draft, known, kind);
		if (order !== undefined) secrets.set(order.id, order);
		const ids = [...heldIds(draft, kind, secrets, 'holds'), ...(order === undefined ? [] : [order.id])];
		heldBy.set(kind.kind, [...new Set(ids)].sort());
		if (kind.input.metadata !== undefined)
			givenTo.set(kind.kind, [...new Set(heldIds(draft, kind, secrets, 'metadata'))].sort());
	}
	const held = new Set([...heldBy.values(), ...givenTo.values()].flat());
	const kept = [...secrets.values()].filter(({id, opens}) => opens.length > 0 || held.has(id));
	return {secrets: kept.sort((a, b) => (a.id < b.id ? -1 : 1)), heldBy, givenTo};
}

function openedBy(draft: Draft, known: Vocabulary, declared: Declared<SecretInput>): readonly Opening[] {
	const {input, document, path, name} = declared;
	const reading = readingOf(draft, known, document);
	const all = input.opens.flatMap(({service, of}, index) => {
		const at: Path = [...path, 'opens', index];
		const selected = selectedWorkloads(readSelector(reading, of, [...at, 'of']), known.topology);
		const opened = selected.filter(({services}) => services.some(one => one.name === service));
		if (opened.length === 0 && selected.length > 0 && !draft.lost.has(service)) {
			const names = new Set(selected.flatMap(({services}) => services.map(one => one.name)));
			const what = `none of the ${selected.length} workloads has a service named ${plainWord(service)}`;
			complain(draft, {document, path: [...at, 'service']}, what, didYouMean(service, names));
		}
		checkKind(draft, {declared, service, opened}, [...at, 'service']);
		return opened.map(({name: workload}) => ({workload, service}));
	});
	const unique = new Map(all.map(one => [`${one.workload} ${one.service}`, one]));
	if (input.per.length > 0 && draft.environments.length === 0)
		complain(
			draft,
			{document, path: [...path, 'per']},
			`${name} is one for each environment, and there is none`,
			'leave per out',
		);
	return [...unique.values()];
}

/** An ssh key opens what speaks ssh; nothing logs in to dns or to a plain listener. */
function checkKind(
	draft: Draft,
	{declared, service, opened}: {declared: Declared<SecretInput>; service: string; opened: readonly Workload[]},
	path: Path,
): void {
	for (const {base, services} of opened) {
		const {speaks} = services.find(one => one.name === service)!;
		const {kind} = declared.input;
		const fits = kind === 'ssh-key' ? speaks === 'ssh' : !['tcp', 'udp', 'dns'].includes(speaks);
		if (fits) continue;
		const mend = kind === 'ssh-key' ? 'a key opens what speaks ssh: use kind: password' : `say what ${service} speaks`;
		const at = {document: declared.document, path};
		complain(draft, at, `${service} of ${base} speaks ${speaks}, to which no ${kind} logs in`, mend);
	}
}

/** The order key of a deploy server: opens whatever speaks ssh on the workloads that it deploys to. */
function deployKey(draft: Draft, known: Vocabulary, kind: KindDraft): Secret | undefined {
	const {input, document} = kind;
	if (input.deploys === undefined) return undefined;
	const path = kind.pathOf('deploys');
	const selected = selectedWorkloads(
		readSelector(readingOf(draft, known, document), input.deploys, path),
		known.topology,
	);
	const opens = selected.flatMap(({name, kind: its, services}) =>
		its === kind.kind
			? []
			: services.filter(({speaks}) => speaks === 'ssh').map(service => ({workload: name, service: service.name})),
	);
	if (opens.length === 0 && selected.length > 0)
		complain(
			draft,
			{document, path},
			`${kind.base} deploys to workloads of which none speaks ssh`,
			'give them a service that speaks ssh',
		);
	return {id: `deploy-key@${kind.kind}`, kind: 'ssh-key', user: 'deploy', ordersOf: kind.kind, opens};
}

function checkWellKnown(draft: Draft, {input, document, path, name}: Declared<SecretInput>): void {
	if (!input.wellKnown) return;
	if (input.kind !== 'password')
		complain(draft, {document, path: [...path, 'wellKnown']}, `${name} is no password`, 'nobody guesses a key');
	else if (!wellKnownUsers.includes(input.user))
		complain(
			draft,
			{document, path: [...path, 'user']},
			`${plainWord(input.user)} is no user that attackers guess`,
			`user is one of ${wellKnownUsers.join(', ')}`,
		);
}

/** What a workload holds, or what its metadata service gives. */
function heldIds(
	draft: Draft,
	kind: KindDraft,
	secrets: ReadonlyMap<string, Secret>,
	key: 'holds' | 'metadata',
): readonly string[] {
	const written = key === 'holds' ? kind.input.holds : kind.input.metadata?.holds;
	return (written ?? []).flatMap((text, index) => {
		const declared = draft.secrets.get(text);
		const scoped = declared !== undefined && declared.input.per.length > 0;
		const id = scoped ? `${text}@${kind.environment}` : text;
		if (secrets.has(id)) return [id];
		const base = key === 'holds' ? kind.pathOf(key) : [...kind.pathOf(key), 'holds'];
		const at = {document: kind.document, path: [...base, index]};
		if (scoped)
			complain(
				draft,
				at,
				`${kind.base} is in no environment, and each has its own ${text}`,
				`say which: ${draft.environments.map(name => `${text}@${name}`).join(', ')}`,
			);
		else if (!draft.lost.has(text.split('@')[0]!) && !draft.lost.has('secrets'))
			complain(
				draft,
				at,
				`there is no secret ${plainWord(text)}`,
				didYouMean(text, [...draft.secrets.keys(), ...secrets.keys()]),
			);
		return [];
	});
}
