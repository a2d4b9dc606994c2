// Walking zod schemas: which keys one knows at a place, for the nearest name of a misspelt one.
import type {ZodType} from 'zod';

interface Definition {
	readonly type: string;
	readonly shape?: Readonly<Record<string, ZodType>>;
	readonly element?: ZodType;
	readonly valueType?: ZodType;
	readonly innerType?: ZodType;
	readonly in?: ZodType;
	readonly getter?: () => ZodType;
	readonly options?: readonly ZodType[];
	readonly left?: ZodType;
	readonly right?: ZodType;
}

/** Keys of the strict objects that may stand at `path`, in the order of the schema; of a union, those of all its options. */
export function keysAt(schema: ZodType, path: readonly PropertyKey[]): readonly string[] {
	let here = bareSchemas(schema);
	for (const step of path) here = here.flatMap(one => schemaInto(one, step)).flatMap(bareSchemas);
	return [...new Set(here.flatMap(one => Object.keys(define(one).shape ?? {})))];
}

const define = (schema: ZodType): Definition => schema.def as unknown as Definition;

/** A schema without optional, default, pipe, lazy and the like; a union as its options. */
export function bareSchemas(schema: ZodType): readonly ZodType[] {
	const {type, innerType, options, getter, left, right, in: input} = define(schema);
	if (type === 'union') return (options ?? []).flatMap(bareSchemas);
	if (type === 'lazy' && getter !== undefined) return bareSchemas(getter());
	if (type === 'pipe' && input !== undefined) return bareSchemas(input);
	if (left !== undefined && right !== undefined) return [...bareSchemas(left), ...bareSchemas(right)];
	return innerType === undefined ? [schema] : bareSchemas(innerType);
}

/** The schema of a key or item; none where a strict object has no such key. */
export function schemaInto(schema: ZodType, step: PropertyKey): readonly ZodType[] {
	const {shape, element, valueType} = define(schema);
	const next =
		shape === undefined ? (valueType ?? element) : Object.hasOwn(shape, step) ? shape[step as string] : undefined;
	return next === undefined ? [] : [next];
}
