import type {Secret} from '../../core/model/topology.ts';
import {opensshKeyPair} from './openssh-key.ts';
import type {Login} from './speech.ts';

/** What a secret is made of: a password in hex, or an ed25519 key pair in OpenSSH's forms. */
export type Material =
	| {readonly kind: 'password'; readonly password: string}
	| {readonly kind: 'ssh-key'; readonly privateKey: string; readonly publicKey: string};

/** Gives that many bytes: `crypto.randomBytes`, or a seeded source where a lab must be repeated to the byte. */
export type RandomBytes = (length: number) => Buffer;

const createMaterial = ({kind, user, wellKnown}: Secret, random: RandomBytes): Material => {
	if (kind === 'password') return {kind, password: wellKnown ? user : random(16).toString('hex')};
	return {kind, ...opensshKeyPair(random(32), 'firebreak-lab')};
};

/** One material for each secret, by its id. All randomness comes from `random`; a key costs under a millisecond. */
export const createMaterials = (secrets: readonly Secret[], random: RandomBytes): ReadonlyMap<string, Material> =>
	new Map(secrets.map(secret => [secret.id, createMaterial(secret, random)]));

/** The key by which the ssh servers of one lab prove themselves: a private key, PEM. */
export const createHostKey = (random: RandomBytes): string => opensshKeyPair(random(32), 'firebreak-host').privateKey;

/** The side of a secret that the service which it opens keeps. */
export const loginOf = ({user, ordersOf}: Secret, material: Material): Login =>
	material.kind === 'password'
		? {user, kind: 'password', material: material.password}
		: {user, kind: 'ssh-key', material: material.publicKey, ...(ordersOf !== undefined && {orders: true})};

/** The side of a secret that its holder keeps: the password, or the private key. */
export const heldOf = (material: Material): string =>
	material.kind === 'password' ? material.password : material.privateKey;
