// The services of a workload in one environment: ports read, what speaks there, no port used twice.
import type {Service, Speaks} from '../model/topology.ts';
import {nearest} from './nearest.ts';
import {plainWord} from './plain-word.ts';
import {parsePorts, protocolWords} from './ports.ts';
import {complain, type Draft} from './topology-declarations.ts';
import type {KindDraft} from './topology-kinds.ts';
import type {ServiceInput} from './topology-schema.ts';
import type {WorkloadChange} from './workload-schema.ts';

type Owner = Pick<KindDraft, 'base' | 'document' | 'path' | 'environment'>;
type Changes = NonNullable<WorkloadChange['services']>;
type Change = Changes[string];

/** Merged by name, in the order of the file, those that only the environment has last. */
export function resolveServices(
	draft: Draft,
	owner: Owner,
	said: {readonly base: Readonly<Record<string, ServiceInput>>; readonly change: Changes},
): readonly Service[] {
	const names = [...new Set([...Object.keys(said.base), ...Object.keys(said.change)])];
	const services = names.flatMap(name => resolveService(draft, owner, name, said) ?? []);
	for (const [index, service] of services.entries()) {
		const taken = services.slice(0, index).find(other => meet(service, other));
		if (taken === undefined) continue;
		const at = {document: owner.document, path: pathOf(owner, said, service.name), part: 'key' as const};
		complain(
			draft,
			at,
			`${service.name} and ${taken.name} have the same port ${portText(service)}`,
			'one port, one service',
		);
	}
	return services;
}

/** `443/tcp`, `6000-6010/udp`. */
export const portText = ({port, lastPort, protocol}: Service): string =>
	`${port}${lastPort === port ? '' : `-${lastPort}`}/${protocol}`;

const meet = (one: Service, other: Service): boolean =>
	one.protocol === other.protocol && one.port <= other.lastPort && other.port <= one.lastPort;

const pathOf = ({path, environment}: Owner, {base}: {base: object}, name: string): (string | number)[] =>
	Object.hasOwn(base, name) || environment === null
		? [...path, 'services', name]
		: [...path, 'in', environment, 'services', name];

function resolveService(
	draft: Draft,
	owner: Owner,
	name: string,
	said: {readonly base: Readonly<Record<string, ServiceInput>>; readonly change: Changes},
): Service | undefined {
	const {document} = owner;
	const path = pathOf(owner, said, name);
	const change: Change = Object.hasOwn(said.change, name) ? said.change[name]! : {};
	const input = {...(Object.hasOwn(said.base, name) ? said.base[name] : {}), ...change};
	const inEnvironment = [...owner.path, 'in', owner.environment ?? '', 'services', name];
	if (/^\d/.test(name) || protocolWords.some(word => word === name))
		complain(draft, {document, path, part: 'key'}, `a service cannot be named ${name}`, 'it would be read as a port');
	if (input.port === undefined) {
		const known = Object.keys(said.base);
		const near = nearest(name, known);
		if (!draft.lost.has(name))
			complain(
				draft,
				{document, path, part: 'key'},
				`the service ${name} of ${owner.base} has no port`,
				near === undefined ? 'add port' : `did you mean ${near}?`,
			);
		return undefined;
	}
	const portPath = [...(change.port === undefined ? path : inEnvironment), 'port'];
	const read = parsePorts(input.port);
	if (read.kind !== 'ports' || read.match.kind !== 'range') {
		draft.lost.add(name);
		const what = read.kind === 'wrong' ? read.what : `${plainWord(String(input.port))} is not a port`;
		complain(
			draft,
			{document, path: portPath},
			what,
			read.kind === 'wrong' ? read.mend : 'a port is written 443, 53/udp or 6000-6010',
		);
		return undefined;
	}
	const {protocol, first, last} = read.match;
	const speaks: Speaks = input.speaks ?? (protocol === 'udp' ? 'udp' : 'tcp');
	if (input.speaks !== undefined && carriedBy[speaks] !== undefined && carriedBy[speaks] !== protocol) {
		const at = [...(change.speaks === undefined ? path : inEnvironment), 'speaks'];
		complain(draft, {document, path: at}, `${speaks} is not spoken over ${protocol}`, `the port is ${input.port}`);
	}
	return {name, protocol, port: first, lastPort: last, speaks, ...weaknesses(input.weak)};
}

/** A service falls to any of its weaknesses; each works or not by itself. */
function weaknesses(written: ServiceInput['weak'] = []): Pick<Service, 'weak' | 'works'> {
	const fails = written.map(one => (typeof one === 'string' ? 0 : 1 - one.works));
	const works = 1 - fails.reduce((all, one) => all * one, 1);
	const weak = written.map(one => (typeof one === 'string' ? one : one.cve));
	return weak.length === 0 || works === 1 ? {weak} : {weak, works};
}

/** What each is spoken over; dns is spoken over both. */
const carriedBy: Readonly<Partial<Record<Speaks, 'tcp' | 'udp'>>> = {
	tcp: 'tcp',
	udp: 'udp',
	http: 'tcp',
	ssh: 'tcp',
	postgres: 'tcp',
	redis: 'tcp',
	mysql: 'tcp',
	smb: 'tcp',
	ldap: 'tcp',
	kafka: 'tcp',
};
