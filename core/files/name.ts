// What a thing may be called. Names become host names, `web-1.prod` and parts of flows, `web.prod -> db.prod:5432/tcp`.
import {z} from 'zod';
import {selectorWords} from './selector.ts';

/** Letters and digits of any language, - and _, at most 63: no dot, no space, no slash, and nothing that a flow's text uses. */
export const nameSchema = z
	.string()
	.regex(/^[\p{L}\p{N}_][\p{L}\p{N}_-]{0,62}$/u, 'a name has letters, digits, - and _: no dot, no space, no /');

/** Labels that selectors and relations understand themselves, so that no workload can have them. */
export const reservedLabels: readonly string[] = ['env', ...selectorWords];
