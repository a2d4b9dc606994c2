// ConfigMaps: what they hold names Services as variables do.
import {z} from 'zod';
import type {Parsed, Problem} from '../model/problem.ts';
import {validateManifest} from './field-problems.ts';
import type {Manifest} from './manifests.ts';
import {metadata} from './object-schema.ts';

export interface ConfigMap {
	/** Texts by key; what is binary is left out. */
	readonly data: ReadonlyMap<string, string>;
	readonly manifest: Manifest;
}

/** ConfigMaps by `namespace/name`. */
export type ConfigMaps = ReadonlyMap<string, ConfigMap>;

const schema = z.object({metadata, data: z.record(z.string(), z.unknown()).nullish()});

/** The ConfigMaps among `manifests`, which are all of that kind. */
export function readConfigMaps(manifests: readonly Manifest[]): Parsed<ConfigMaps> {
	const problems: Problem[] = [];
	const maps = new Map<string, ConfigMap>();
	for (const manifest of manifests) {
		const parsed = validateManifest(manifest, schema);
		if (parsed.kind === 'wrong') {
			problems.push(...parsed.problems);
			continue;
		}
		const {metadata, data} = parsed.value;
		const texts = Object.entries(data ?? {}).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
		maps.set(`${metadata.namespace || 'default'}/${metadata.name}`, {data: new Map(texts), manifest});
	}
	return problems.length > 0 ? {kind: 'wrong', problems} : {kind: 'ok', value: maps, warnings: []};
}
