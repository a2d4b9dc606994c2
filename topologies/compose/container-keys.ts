// What a service says of its container alone: what is built, what is bound, how its health is looked at.
import path from 'node:path';
import type {Place} from '../../core/model/problem.ts';
import type {Build, HealthCheck, LabelMap, Volume} from '../../core/model/topology.ts';
import type {At, ComposeService} from './compose-service.ts';
import type {ServiceInput} from './file-schema.ts';
import type {Beside} from './layers.ts';
import {entriesOf} from './written-lists.ts';

export interface ComposeBuild {
	readonly context: string;
	readonly dockerfile: string | null;
	/** Null: taken from the environment of whoever builds. */
	readonly args: ReadonlyMap<string, string | null>;
	readonly target: string | null;
	/** It asks for more than a folder and its Dockerfile. */
	readonly more: boolean;
}

export interface ComposeVolume {
	/** A path as written; null: Docker's own, named or not. */
	readonly source: string | null;
	readonly target: string;
}

export interface ContainerKeys {
	readonly build: At<ComposeBuild> | null;
	readonly volumes: readonly At<ComposeVolume>[];
	/** Null: the image's own. */
	readonly healthCheck: HealthCheck | 'none' | null;
	readonly restarts: boolean;
}

/** Source: compose-spec, "build", "volumes", "healthcheck", "restart". */
export function containerKeys(
	{build, volumes, healthcheck, restart}: ServiceInput,
	place: (path: readonly (string | number)[]) => Place,
): ContainerKeys {
	return {
		build: build == null ? null : {value: buildOf(build), where: place(['build'])},
		volumes: (volumes ?? []).map((value, at) => ({value: volumeOf(value), where: place(['volumes', at])})),
		healthCheck: healthcheck == null ? null : healthOf(healthcheck),
		restarts: restart != null && String(restart) !== 'no' && String(restart) !== 'false',
	};
}

function buildOf(written: NonNullable<ServiceInput['build']>): ComposeBuild {
	if (typeof written === 'string')
		return {context: written, dockerfile: null, args: new Map(), target: null, more: false};
	const more = ['dockerfile_inline', 'additional_contexts', 'ssh', 'secrets', 'entitlements'];
	return {
		context: written.context ?? '.',
		dockerfile: written.dockerfile ?? null,
		args: new Map(entriesOf(written.args).map(({name, value}) => [name, value])),
		target: written.target ?? null,
		more: more.some(key => written[key] != null),
	};
}

/** `SOURCE:TARGET:MODE`; a source that is no path is the name of a volume, and without one it has none. */
function volumeOf(written: NonNullable<ServiceInput['volumes']>[number]): ComposeVolume {
	if (typeof written !== 'string')
		return {source: written.type === 'bind' ? (written.source ?? null) : null, target: written.target ?? ''};
	const [source = '', target] = written.split(':');
	if (target === undefined) return {source: null, target: source};
	return {source: /^[./~]/.test(source) ? source : null, target};
}

type Health = NonNullable<ServiceInput['healthcheck']>;

function healthOf({
	test,
	disable,
	interval,
	timeout,
	retries,
	start_period: startPeriod,
}: Health): ContainerKeys['healthCheck'] {
	const [how, ...words] = typeof test === 'string' ? ['CMD-SHELL', test] : (test ?? []);
	if (String(disable) === 'true' || how === 'NONE') return 'none';
	if (how === undefined || words.length === 0) return null;
	return {
		// As Docker runs CMD-SHELL where the image names no other shell.
		test: how === 'CMD-SHELL' ? ['/bin/sh', '-c', words.join(' ')] : words,
		interval: seconds(interval, 30),
		timeout: seconds(timeout, 30),
		retries: Math.max(1, Math.min(Number(retries ?? 3) || 3, 1000)),
		startPeriod: seconds(startPeriod, 0),
	};
}

const units: Readonly<Record<string, number>> = {us: 1e-6, ms: 1e-3, s: 1, m: 60, h: 3600};

/** `1m30s`; a bare number is seconds. At most an hour. Source: compose-spec, "Specifying durations". */
function seconds(written: string | number | null | undefined, otherwise: number): number {
	const text = String(written ?? '');
	const sum = /^\d+(\.\d+)?$/.test(text)
		? Number(text)
		: [...text.matchAll(/(\d+(?:\.\d+)?)(us|ms|s|m|h)/g)].reduce(
				(all, [, n, unit]) => all + Number(n) * units[unit!]!,
				0,
			);
	return sum > 0 ? Math.min(sum, 3600) : otherwise;
}

export interface Carried {
	readonly build?: Build;
	readonly volumes: readonly Volume[];
	readonly healthCheck?: HealthCheck | 'none';
	/** What its container would have and does not. */
	readonly left: {readonly build: boolean; readonly volumes: boolean};
}

/** What goes into the topology: folders and files beside the file that names them, or below, and that are there. */
export function carriedOf(
	service: ComposeService,
	beside: Beside,
	variable: (name: string) => string | undefined,
): Carried {
	const {build, volumes: written, healthCheck} = service;
	const volumes = written.flatMap(({value: {source, target}, where}): readonly Volume[] =>
		source !== null && isWritable(source, target) && isBeside(source, where, beside)
			? [{source: withDot(source), target, where}]
			: [],
	);
	const own = build === null || build.value.more || !isBeside(build.value.context, build.where, beside) ? null : build;
	const args = (own === null ? [] : [...own.value.args]).flatMap(([name, value]) => {
		const text = value ?? variable(name);
		return text === undefined ? [] : [[name, text] as const];
	});
	return {
		volumes,
		...(own !== null && {
			build: {
				context: withDot(own.value.context),
				dockerfile: own.value.dockerfile,
				args: Object.fromEntries(args) satisfies LabelMap,
				target: own.value.target,
				where: own.where,
			},
		}),
		...(healthCheck !== null && {healthCheck}),
		left: {build: build !== null && own === null, volumes: volumes.length < written.length},
	};
}

/** As a topology file may have it. */
const isWritable = (source: string, target: string): boolean => !source.includes(':') && /^\/[^:]*$/.test(target);

const withDot = (source: string): string => (source.startsWith('.') ? source : `./${source}`);

/** Below the folder of the file that names it, and there. */
export function isBeside(source: string, {file}: Place, {read, has}: Beside): boolean {
	const named = path.posix.normalize(source);
	if (/^([~/]|\.\.(\/|$))|^[a-z+]+:\/\/|^git@/.test(named) || source.includes('://')) return false;
	const there = path.posix.join(path.posix.dirname(file), named);
	return has === undefined ? read(there) !== undefined : has(there);
}
