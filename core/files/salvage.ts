// The part of a broken file that fits its schema, so that its other problems can be told at the same time.
import type {ZodType} from 'zod';
import {bareSchemas, schemaInto} from './schema-keys.ts';

export interface Salvage<T> {
	readonly value: T;
	/** Keys that were left out, and every key and text in them: what is named so may exist all the same. */
	readonly lost: ReadonlySet<string>;
}

/** `value` without what does not fit, defaults in its place; undefined where nothing of it can be used. */
export function salvage<T>(schema: ZodType<T>, value: unknown): Salvage<T> | undefined {
	const lost = new Set<string>();
	const result = schema.safeParse(prune(schema, value, lost));
	return result.success ? {value: result.data, lost} : undefined;
}

/** Lists are kept or left out as a whole, so that the paths of what stays are those of the file. */
function prune(schema: ZodType, value: unknown, lost: Set<string>): unknown {
	if (schema.safeParse(value).success) return value;
	const map = bareSchemas(schema).find(one => one.def.type === 'object' || one.def.type === 'record');
	if (map === undefined || typeof value !== 'object' || value === null || Array.isArray(value)) {
		collect(value, lost);
		return undefined;
	}
	const kept: Record<string, unknown> = {};
	for (const [key, entry] of Object.entries(value)) {
		const [inner] = keyFits(map, key) ? schemaInto(map, key) : [];
		const part = inner === undefined ? undefined : prune(inner, entry, lost);
		if (inner !== undefined && part !== undefined && inner.safeParse(part).success) kept[key] = part;
		else collect({[key]: entry}, lost);
	}
	return kept;
}

function keyFits(map: ZodType, key: string): boolean {
	const {keyType} = map.def as unknown as {readonly keyType?: ZodType};
	return keyType === undefined || keyType.safeParse(key).success;
}

function collect(value: unknown, lost: Set<string>): void {
	if (typeof value === 'string' || typeof value === 'number') lost.add(String(value));
	else if (typeof value === 'object' && value !== null)
		for (const [key, entry] of Object.entries(value)) {
			lost.add(key);
			collect(entry, lost);
		}
}
