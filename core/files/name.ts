// What a thing may be called. Names become host names, `web-1.prod` and parts of flows, `web.prod -> db.prod:5432/tcp`.
import {z} from 'zod';
import {selectorWords} from './selector.ts';

/** Letters and digits of any language, - and _, at most 63: no dot, no space, no slash, and nothing that a flow's text uses. */
export const nameSchema = z
	.string()
	.regex(/^[\p{L}\p{N}_][\p{L}\p{N}_-]{0,62}$/u, 'a name has letters, digits, - and _: no dot, no space, no /');

/**
 * A name of the domain name system, at most 253 characters, which no address is taken for.
 *
 * Source: RFC 1123, section 2.1, and _ as containers have it.
 */
export const aliasSchema = z
	.string()
	.max(253, 'a name has at most 253 characters')
	.regex(
		/^(?=.*[a-zA-Z_])([a-zA-Z0-9_]([a-zA-Z0-9_-]{0,61}[a-zA-Z0-9_])?\.)*[a-zA-Z0-9_]([a-zA-Z0-9_-]{0,61}[a-zA-Z0-9_])?$/,
		'it has letters, digits, - and _, with dots between its parts, and is no address',
	);

/** The names among `written` that can be one, each once and sorted, without those in `own`. */
export const aliasesOf = (written: Iterable<string>, own: readonly string[]): readonly string[] =>
	[...new Set(written)].filter(name => aliasSchema.safeParse(name).success && !own.includes(name)).sort();

/** Labels that selectors and relations understand themselves, so that no workload can have them. */
export const reservedLabels: readonly string[] = ['env', ...selectorWords];
