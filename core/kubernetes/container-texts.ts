// The texts that tell a container where others are: variables, arguments, and the ConfigMaps that become either of these
// or files of its own.
import type {Place} from '../model/problem.ts';
import type {ConfigMap} from './config-maps.ts';
import {isHostName} from './host-name.ts';
import type {Path} from './manifests.ts';
import type {Container, PodSpec} from './pod-schema.ts';
import type {PodTemplate} from './pods.ts';

export interface ContainerText {
	readonly text: string;
	/** Of the variable; null for arguments and files. */
	readonly name: string | null;
	/** `file`: free text, in which a word and a number need not be an address. */
	readonly kind: 'value' | 'file';
	readonly where: Place;
}

/** A ConfigMap that a container needs and the manifests lack. */
export interface AbsentConfigMap {
	readonly name: string;
	readonly where: Place;
}

export interface ContainerTexts {
	readonly texts: readonly ContainerText[];
	readonly absent: readonly AbsentConfigMap[];
}

/** What every container of a template is told, init containers included, in their order. */
export function containerTexts(template: PodTemplate, maps: (name: string) => ConfigMap | undefined): ContainerTexts {
	const {spec, manifest, path} = template;
	const absent: AbsentConfigMap[] = [];
	const texts = (['initContainers', 'containers'] as const).flatMap(field =>
		(spec[field] ?? []).flatMap((container, at) => {
			const place = (inner: Path): Place => manifest.place([...path, field, at, ...inner]);
			const find: Find = ({name, optional}, inner) => {
				if (name == null || name === '') return undefined;
				const found = maps(name);
				// Every namespace has that one, and it names nobody.
				if (found === undefined && optional !== true && name !== 'kube-root-ca.crt')
					absent.push({name, where: place(inner)});
				return found;
			};
			return [...ownTexts(container, place, find), ...mountedTexts(container, spec, find)];
		}),
	);
	return {texts, absent};
}

type Named = {readonly name?: string | null | undefined; readonly optional?: boolean | null | undefined};
type Find = (named: Named, path: Path) => ConfigMap | undefined;

/** A variable's value and where it stands. */
export interface Value {
	readonly value: string;
	readonly where: Place;
}

/** Variables and arguments, with `$(NAME)` replaced as the kubelet does, and `FOO_HOST` joined with its sibling `FOO_PORT`. */
function ownTexts(container: Container, place: (path: Path) => Place, find: Find): readonly ContainerText[] {
	const variables = variablesOf(container, place, find);
	const expand = expander(variables);
	const words = (['command', 'args'] as const).flatMap(field =>
		[...(container[field] ?? []).entries()].flatMap(([at, word]): readonly ContainerText[] =>
			typeof word === 'string' ? [{text: expand(word), name: null, kind: 'value', where: place([field, at])}] : [],
		),
	);
	// A variable of several lines is a file that a ConfigMap passes on.
	const files = [...variables].filter(([, {value}]) => value.includes('\n'));
	const lines = new Map([...variables].filter(([, {value}]) => !value.includes('\n')));
	return [...joined(lines, 'value'), ...files.flatMap(([, {value, where}]) => fileTexts(value, where)), ...words];
}

function variablesOf(container: Container, place: (path: Path) => Place, find: Find): ReadonlyMap<string, Value> {
	const values = new Map<string, Value>();
	for (const [at, {prefix, configMapRef}] of (container.envFrom ?? []).entries()) {
		const map = configMapRef == null ? undefined : find(configMapRef, ['envFrom', at]);
		for (const [key, value] of map?.data ?? [])
			values.set(`${prefix ?? ''}${key}`, {value, where: map!.manifest.place(['data', key])});
	}
	const expand = expander(values);
	for (const [at, {name, value, valueFrom}] of (container.env ?? []).entries()) {
		if (typeof value === 'string') values.set(name, {value: expand(value), where: place(['env', at, 'value'])});
		const key = valueFrom?.configMapKeyRef;
		const map = key == null ? undefined : find(key, ['env', at, 'valueFrom']);
		const text = map?.data.get(key!.key);
		if (text !== undefined) values.set(name, {value: text, where: map!.manifest.place(['data', key!.key])});
	}
	return values;
}

const expander =
	(values: ReadonlyMap<string, Value>) =>
	(text: string): string =>
		text.replaceAll(/\$\(([\w.-]+)\)/g, (all, name) => values.get(name)?.value ?? all);

/** Variables as texts, `FOO_HOST` joined with its sibling `FOO_PORT`. */
export function joined(values: ReadonlyMap<string, Value>, kind: ContainerText['kind']): readonly ContainerText[] {
	return [...values].map(([name, {value, where}]) => {
		const port = isHostName(value.trim()) ? siblingPort(name, values) : undefined;
		return {text: port === undefined ? value : `${value.trim()}:${port}`, name, kind, where};
	});
}

const hostVariable = /^(.*?)_?(SERVICE_HOST|HOSTNAME|HOST|ADDRESS|ADDR|SERVICE|SERVER|ENDPOINT)$/i;

function siblingPort(name: string, values: ReadonlyMap<string, Value>): string | undefined {
	const [, stem, word] = hostVariable.exec(name) ?? [];
	if (stem === undefined) return undefined;
	const port = word === word?.toLowerCase() ? 'port' : 'PORT';
	const siblings = stem === '' ? [port] : [`${stem}_${port}`, `${stem}${port}`, `${stem}_SERVICE_${port}`];
	return siblings.map(sibling => values.get(sibling)?.value.trim() ?? '').find(text => /^\d{1,5}$/.test(text));
}

/** The keys of ConfigMaps that are mounted as files. */
function mountedTexts(container: Container, spec: PodSpec, find: Find): readonly ContainerText[] {
	return [...(container.volumeMounts ?? []).entries()].flatMap(([at, mount]) => {
		const volume = mount.name == null ? undefined : (spec.volumes ?? []).find(({name}) => name === mount.name);
		const sources = [volume?.configMap, ...(volume?.projected?.sources ?? []).map(one => one.configMap)];
		return sources.flatMap(source => {
			const map = source == null ? undefined : find(source, ['volumeMounts', at]);
			const keys = source?.items?.map(({key}) => key) ?? [...(map?.data.keys() ?? [])];
			return keys.flatMap(key => {
				const text = map?.data.get(key);
				return text === undefined ? [] : fileTexts(text, map!.manifest.place(['data', key]));
			});
		});
	});
}

/** A file's text without its comments, and its lines `name = value` and `name: value` whose value could be a host. */
function fileTexts(text: string, where: Place): readonly ContainerText[] {
	if (text.length > 100_000) return [];
	const lines = text.split('\n').filter(line => !/^\s*(#|;|\/\/)/.test(line));
	const values = new Map<string, Value>();
	for (const line of lines) {
		const match = /^\s*(?:export\s+|-\s+)?["']?([A-Za-z][\w.-]*)["']?\s*[=:]\s*["']?([^\s"',;]+)["']?[,;]?\s*$/.exec(
			line,
		);
		if (match !== null) values.set(match[1]!.replaceAll(/[.-]/g, '_'), {value: match[2]!, where});
	}
	const hosts = joined(values, 'file').filter(({name}) => isHostName(values.get(name!)!.value));
	return [{text: lines.join('\n'), name: null, kind: 'file', where}, ...hosts];
}
