// A HostView as it crosses the wire. The far end may be anything, so it is believed only after it was checked; names
// hold no control characters, since they end up on terminals.
import {createRequire} from 'node:module';
import type {ZodType} from 'zod';
import type {FoundSecret, HostView} from '../../../core/contracts/network.ts';
import {maximumView} from './marker.ts';

const many = 100_000;
let schemas: {readonly view: ZodType<HostView>; readonly secret: ZodType<FoundSecret>} | undefined;

/** Loaded with the first view: a lab boots without it. */
function load(): NonNullable<typeof schemas> {
	const {z} = createRequire(import.meta.url)('zod') as typeof import('zod');
	const name = z
		.string()
		.min(1)
		.max(253)
		.regex(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+$/u);
	const address = z.union([z.ipv4(), z.ipv6()]);
	const word = z.string().regex(/^[a-z0-9-]{1,32}$/);
	const secret = z.strictObject({
		id: name,
		kind: z.enum(['ssh-key', 'password']),
		user: name,
		material: z.string().min(1).max(16_384),
		speaks: z.array(word).max(64),
	});
	const peer = z.strictObject({
		name,
		address,
		protocol: z.enum(['tcp', 'udp', 'sctp']),
		port: z.int().min(1).max(65_535),
		speaks: word.nullable(),
	});
	const order = z.strictObject({name, address, port: z.int().min(1).max(65_535)});
	const view = z.strictObject({
		hostname: name,
		addresses: z.array(address).max(many),
		subnets: z.array(z.union([z.cidrv4(), z.cidrv6()])).max(many),
		hosts: z.array(z.strictObject({name, address})).max(many),
		peers: z.array(peer).max(many),
		secrets: z.array(secret).max(many),
		orders: z.strictObject({secret: name, hosts: z.array(order).max(many)}).exactOptional(),
	});
	return {view, secret};
}

/** One line of JSON. */
export const renderHostView = (view: HostView): string => JSON.stringify(view);

/** The HostView in `text`; null when it is anything else, or longer than 1 MiB. */
export function parseHostView(text: string): HostView | null {
	if (Buffer.byteLength(text) > maximumView) return null;
	schemas ??= load();
	try {
		return schemas.view.safeParse(JSON.parse(text)).data ?? null;
	} catch {
		return null;
	}
}

/** A secret that a far end gave; null where it cannot be one. */
export function parseSecret(value: unknown): FoundSecret | null {
	schemas ??= load();
	return schemas.secret.safeParse(value).data ?? null;
}
