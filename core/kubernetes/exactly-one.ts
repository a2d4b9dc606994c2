// What CRDs say of objects and lists, with messages for people.
import {z} from 'zod';

type Context = z.core.$RefinementCtx<unknown>;

/** One problem at `path` below what is being checked. */
export const complain = (context: Context, path: readonly (string | number)[], message: string, mend: string): void =>
	context.addIssue({code: 'custom', path: [...path], message, params: {mend}, input: context.value});

/** The API's "exactly one field must be set". */
export const exactlyOne =
	(...fields: readonly string[]) =>
	(value: object, context: Context): void => {
		const set = Object.entries(value).filter(([key, one]) => fields.includes(key) && one != null);
		if (set.length === 1) return;
		const found = set.length === 0 ? 'is empty' : `has ${set.map(([key]) => key).join(' and ')}`;
		complain(context, [], found, `exactly one of ${fields.join(', ')}`);
	};

/** A list with `least` to `most` items. */
export const between = <T extends z.ZodType>(item: T, {least, most}: {readonly least: number; readonly most: number}) =>
	z.array(item).superRefine((items, context) => {
		if (items.length < least) complain(context, [], 'is empty', `at least ${least}`);
		if (items.length > most) complain(context, [], `has ${items.length} items`, `at most ${most}`);
	});
