// A Compose project: everything that its files say together.
import path from 'node:path';
import type {Lookup} from '../../core/assembly/interpolate.ts';
import type {Place, Problem} from '../../core/model/problem.ts';
import type {ComposeService} from './compose-service.ts';
import type {FileInput} from './file-schema.ts';
import {type Beside, type Layer, readLayers, variablesOf} from './layers.ts';
import {mergeService} from './merge-service.ts';

export interface ComposeNetwork {
	/** IPv4; null where Docker would choose. */
	readonly subnet: string | null;
	readonly internal: boolean;
	readonly where: Place;
}

export interface ComposeProject {
	/** Null where the file names none. */
	readonly name: string | null;
	readonly where: Place;
	readonly services: ReadonlyMap<string, ComposeService>;
	readonly networks: ReadonlyMap<string, ComposeNetwork>;
	readonly secrets: ReadonlyMap<string, Place>;
	/** Texts of configs that stand in a file; null for those that do not. */
	readonly configs: ReadonlyMap<string, string | null>;
	/** `.env` and the environment. */
	readonly variables: Lookup;
}

export interface ProjectReading {
	/** Null where too little can be read to look for more that is wrong. */
	readonly project: ComposeProject | null;
	readonly problems: readonly Problem[];
	readonly warnings: readonly Problem[];
}

/** The project of `files`, of which each says more about those before it (`compose.override.yaml`). Never empty. */
export function readProject(files: readonly string[], beside: Beside): ProjectReading {
	const problems: Problem[] = [];
	const warnings: Problem[] = [];
	const dotEnv = path.posix.join(path.posix.dirname(files[0]!), '.env');
	const variables = variablesOf([dotEnv], beside, beside.environment);
	const unread: string[] = [];
	const layers = readLayers(files, {beside, problems, warnings, unread, variables, above: []});
	// What a file that cannot be read declares would be missed.
	const whole = unread.length === 0;
	const project: ComposeProject = {
		name: layers.findLast(({file}) => file.input.name !== undefined)?.file.input.name ?? null,
		where: {file: files[0]!, line: 1, column: 1},
		services: servicesOf(layers),
		networks: declared(layers, 'networks', networkOf),
		secrets: declared(layers, 'secrets', (_, where) => where),
		configs: declared(layers, 'configs', entry => entry?.content ?? null),
		variables,
	};
	return {project: whole ? project : null, problems: unique(problems), warnings: unique(warnings)};
}

function servicesOf(layers: readonly Layer[]): ReadonlyMap<string, ComposeService> {
	const services = new Map<string, ComposeService>();
	for (const layer of layers)
		for (const [name, service] of layer.services) {
			const before = services.get(name);
			services.set(name, before === undefined ? service : mergeService(before, service));
		}
	return services;
}

type Section = 'networks' | 'secrets' | 'configs';
type Entry<S extends Section> = NonNullable<FileInput[S]>[string];

const declared = <S extends Section, T>(
	layers: readonly Layer[],
	section: S,
	read: (entry: Entry<S>, where: Place) => T,
): ReadonlyMap<string, T> =>
	new Map(
		layers.flatMap(({file: {input, document}}) =>
			Object.entries((input[section] ?? {}) as Record<string, Entry<S>>).map(
				([name, entry]) => [name, read(entry, document.place([section, name], 'key'))] as const,
			),
		),
	);

const networkOf = (entry: Entry<'networks'>, where: Place): ComposeNetwork => ({
	subnet: entry?.ipam?.config?.flatMap(({subnet}) => subnet ?? []).find(one => !one.includes(':')) ?? null,
	internal: String(entry?.internal ?? false) === 'true',
	where,
});

const unique = (problems: readonly Problem[]): readonly Problem[] => [
	...new Map(problems.map(one => [JSON.stringify(one), one])).values(),
];
