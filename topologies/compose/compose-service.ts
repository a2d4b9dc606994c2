// One service of a Compose file in one form, whichever way it was written.

import type {Listener} from '../../core/assembly/parts.ts';
import {isLoopback, type PublishedPort, parsePortSpec} from '../../core/assembly/port-spec.ts';
import {splitWords} from '../../core/assembly/split-words.ts';
import {parsePorts} from '../../core/files/ports.ts';
import type {Place, Problem} from '../../core/model/problem.ts';
import {type ContainerKeys, containerKeys} from './container-keys.ts';
import type {ServiceInput} from './file-schema.ts';
import {entriesOf} from './written-lists.ts';

/** A value and where it stands. */
export interface At<T> {
	readonly value: T;
	readonly where: Place;
}

export interface NetworkUse {
	readonly ipv4: string | null;
	readonly aliases: readonly string[];
	readonly where: Place;
}

export interface ComposeService extends ContainerKeys {
	readonly name: string;
	readonly where: Place;
	readonly image: string | null;
	readonly command: readonly string[] | null;
	readonly entrypoint: readonly string[] | null;
	/** Null: taken from the environment of whoever starts it. */
	readonly environment: ReadonlyMap<string, At<string | null>>;
	readonly envFiles: readonly At<{readonly path: string; readonly required: boolean}>[];
	readonly exposed: readonly Listener[];
	readonly published: readonly At<PublishedPort>[];
	readonly dependsOn: ReadonlyMap<string, At<'required' | 'optional'>>;
	/** Other name to service. */
	readonly links: ReadonlyMap<string, At<string>>;
	readonly externalLinks: readonly At<string>[];
	/** Null: none is named. */
	readonly networks: ReadonlyMap<string, NetworkUse> | null;
	readonly networkMode: At<string> | null;
	readonly secrets: ReadonlyMap<string, Place>;
	readonly configs: ReadonlyMap<string, Place>;
	readonly labels: ReadonlyMap<string, string>;
	readonly profiles: readonly string[];
	readonly replicas: number | null;
	/** Names that other services know it by, beside its own. */
	readonly otherNames: readonly string[];
}

export interface ServiceReading {
	readonly name: string;
	readonly input: ServiceInput;
	readonly place: (path: readonly (string | number)[], part?: 'key' | 'value') => Place;
	readonly problems: Problem[];
}

export function composeService(reading: ServiceReading): ComposeService {
	const {name, input, place} = reading;
	const items = <T>(key: string, list: readonly T[] | null | undefined): readonly At<T>[] =>
		(list ?? []).map((value, at) => ({value, where: place([key, at])}));
	const mounts = (key: 'secrets' | 'configs'): ReadonlyMap<string, Place> =>
		new Map(
			items(key, input[key]).flatMap(({value, where}) => {
				const source = typeof value === 'string' ? value : value.source;
				return source === undefined ? [] : [[source, where] as const];
			}),
		);
	return {
		name,
		where: place([], 'key'),
		image: input.image ?? null,
		command: wordsOf(input.command),
		entrypoint: wordsOf(input.entrypoint),
		environment: new Map(
			entriesOf(input.environment).map(({name: key, value, at}) => [key, {value, where: place(['environment', at])}]),
		),
		envFiles: envFiles(reading),
		exposed: exposedPorts(reading),
		published: publishedPorts(reading),
		dependsOn: dependsOn(reading),
		links: new Map(
			items('links', input.links).map(({value, where}) => {
				const [service = '', alias = service] = value.split(':');
				return [alias, {value: service, where}];
			}),
		),
		externalLinks: items('external_links', input.external_links),
		networks: networksOf(reading),
		networkMode: input.network_mode == null ? null : {value: input.network_mode, where: place(['network_mode'])},
		secrets: mounts('secrets'),
		configs: mounts('configs'),
		labels: new Map(entriesOf(input.labels).map(({name: key, value}) => [key, value ?? ''])),
		profiles: input.profiles ?? [],
		replicas: replicasOf(input),
		otherNames: [input.container_name, input.hostname].filter(one => one != null),
		...containerKeys(input, place),
	};
}

const wordsOf = (written: string | readonly string[] | null | undefined): readonly string[] | null =>
	written == null ? null : typeof written === 'string' ? splitWords(written) : written;

const replicasOf = ({deploy, scale}: ServiceInput): number | null => {
	const count = deploy?.replicas ?? scale ?? null;
	return count === null || deploy?.mode === 'global' ? null : Number(count);
};

function envFiles({input: {env_file: written}, place}: ServiceReading): ComposeService['envFiles'] {
	const list = written == null ? [] : typeof written === 'string' ? [written] : written;
	return list.map((one, at) => ({
		value:
			typeof one === 'string'
				? {path: one, required: true}
				: {path: one.path, required: String(one.required ?? true) === 'true'},
		where: place(typeof written === 'string' ? ['env_file'] : ['env_file', at]),
	}));
}

function exposedPorts({input, place, problems}: ServiceReading): readonly Listener[] {
	return (input.expose ?? []).flatMap((written, at) => {
		const ports = parsePorts(written);
		if (ports.kind === 'ports' && ports.match.kind === 'range') {
			const {protocol, first, last} = ports.match;
			return [{protocol, port: first, lastPort: last, name: null, speaks: null}];
		}
		const said = ports.kind === 'wrong' ? ports : {what: `${JSON.stringify(written)} is not a port`, mend: ''};
		problems.push({where: place(['expose', at]), what: said.what, mend: said.mend});
		return [];
	});
}

function publishedPorts({input, place, problems}: ServiceReading): readonly At<PublishedPort>[] {
	return (input.ports ?? []).flatMap((written, at) => {
		const where = place(['ports', at]);
		const text = typeof written === 'object' ? `${written.target}/${written.protocol ?? 'tcp'}` : String(written);
		const spec = parsePortSpec(text);
		if (spec.kind === 'wrong') {
			problems.push({where, what: spec.what, mend: spec.mend});
			return [];
		}
		const local = typeof written === 'object' && isLoopback(written.host_ip ?? '');
		return [{value: local ? {...spec.published, on: 'loopback'} : spec.published, where}];
	});
}

function dependsOn({input: {depends_on: written}, place}: ServiceReading): ComposeService['dependsOn'] {
	if (written == null) return new Map();
	if (Array.isArray(written))
		return new Map(written.map((name, at) => [name, {value: 'required', where: place(['depends_on', at])}]));
	return new Map(
		Object.entries(written as Record<string, {required?: boolean | string} | null>).map(([name, how]) => [
			name,
			{
				value: String(how?.required ?? true) === 'true' ? 'required' : 'optional',
				where: place(['depends_on', name], 'key'),
			},
		]),
	);
}

function networksOf({input: {networks: written}, place}: ServiceReading): ComposeService['networks'] {
	if (written == null) return null;
	if (Array.isArray(written))
		return new Map(
			written.map((name, at) => [name, {ipv4: null, aliases: [], where: place(['networks', at])}] as const),
		);
	return new Map(
		Object.entries(written).map(([name, use]) => [
			name,
			{
				ipv4: use?.ipv4_address ?? null,
				aliases: use?.aliases ?? [],
				where: place(['networks', name], 'key'),
			},
		]),
	);
}
