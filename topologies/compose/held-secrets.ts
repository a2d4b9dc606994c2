// Secrets: those that the file declares, and passwords of databases that stand in the environment of their clients.
import {imageListeners} from '../../core/assembly/image-ports.ts';
import type {SecretPart} from '../../core/assembly/parts.ts';
import {didYouMean} from '../../core/files/nearest.ts';
import {plainWord} from '../../core/files/plain-word.ts';
import type {Value} from '../../core/kubernetes/container-texts.ts';
import type {Problem} from '../../core/model/problem.ts';
import {plain} from '../../core/native/native-names.ts';
import type {ComposeHost} from './compose-host.ts';
import type {ComposeService} from './compose-service.ts';
import type {ComposeProject} from './project.ts';

export interface HeldSecrets {
	readonly secrets: readonly SecretPart[];
	readonly holds: ReadonlyMap<ComposeHost, readonly string[]>;
	/** Sentences: secrets of which nothing says what they open. */
	readonly unknown: readonly string[];
	readonly problems: readonly Problem[];
}

type Variables = (service: ComposeService) => ReadonlyMap<string, Value>;

export function heldSecrets(project: ComposeProject, hosts: readonly ComposeHost[], variables: Variables): HeldSecrets {
	const holds = new Map<ComposeHost, Set<string>>(hosts.map(host => [host, new Set()]));
	const secrets = new Map<string, SecretPart>();
	const unknown: string[] = [];
	const problems: Problem[] = [];
	const opened = passwordsOf(hosts, variables);
	for (const host of hosts)
		for (const [name, where] of host.services.flatMap(one => [...one.secrets])) {
			if (!project.secrets.has(name)) {
				const what = `${host.owner.name} holds the secret ${plainWord(name)}, which the file does not declare`;
				problems.push({where, what, mend: didYouMean(name, project.secrets.keys())});
				continue;
			}
			const id = plain(name);
			holds.get(host)!.add(id);
			const doors = opened.filter(({file}) => file?.endsWith(`/${name}`) === true);
			if (!secrets.has(id) && doors.length === 0) unknown.push(id);
			secrets.set(id, {id, kind: 'password', user: doors[0]?.user ?? 'operator', opens: doors.map(opening)});
		}
	for (const door of opened) {
		const {value, host} = door;
		const clients = value === null ? [] : hosts.filter(one => one !== host && holdsText(one, value, variables));
		if (clients.length === 0) continue;
		let id = `${host.name}-password`;
		for (let number = 2; secrets.has(id); number++) id = `${host.name}-password-${number}`;
		secrets.set(id, {id, kind: 'password', user: door.user, opens: [opening(door)]});
		for (const client of clients) holds.get(client)!.add(id);
	}
	const sorted = new Map([...holds].map(([host, ids]) => [host, [...ids].sort()]));
	return {secrets: [...secrets.values()], holds: sorted, unknown, problems};
}

/** A password that opens a database: as a value, or as the file of a secret. */
interface Door {
	readonly host: ComposeHost;
	readonly port: number;
	readonly user: string;
	readonly value: string | null;
	readonly file: string | null;
}

const opening = ({host, port}: Door): SecretPart['opens'][number] => ({machine: host.name, port});

/** Variables of the official images: where the password stands, and where its user, or who it is. */
const passwordVariables = [
	['POSTGRES_PASSWORD', 'POSTGRES_USER', 'postgres'],
	['MYSQL_PASSWORD', 'MYSQL_USER', 'root'],
	['MYSQL_ROOT_PASSWORD', '', 'root'],
	['MARIADB_PASSWORD', 'MARIADB_USER', 'root'],
	['MARIADB_ROOT_PASSWORD', '', 'root'],
] as const;

const passwordsOf = (hosts: readonly ComposeHost[], variables: Variables): readonly Door[] =>
	hosts.flatMap(host =>
		host.services.flatMap((service): readonly Door[] => {
			const [first] = imageListeners(service.image);
			if (first?.speaks !== 'postgres' && first?.speaks !== 'mysql') return [];
			const its = variables(service);
			return passwordVariables.flatMap(([name, userName, otherwise]) => {
				const [value, file] = [its.get(name)?.value, its.get(`${name}_FILE`)?.value];
				if ((value ?? '') === '' && file === undefined) return [];
				const user = its.get(userName)?.value ?? otherwise;
				const fits = /^[a-z_][a-z0-9_-]{0,30}$/.test(user);
				return [{host, port: first.port, user: fits ? user : otherwise, value: value ?? null, file: file ?? null}];
			});
		}),
	);

/** Whether a variable that holds secrets or addresses has the password in it. */
const holdsText = ({services}: ComposeHost, value: string, variables: Variables): boolean =>
	services.some(service =>
		[...variables(service)].some(([name, its]) =>
			/PASS|PWD|SECRET/i.test(name) ? its.value === value : its.value.includes(`:${value}@`),
		),
	);
