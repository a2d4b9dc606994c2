// SCRAM-SHA-256, the server's side, as PostgreSQL speaks it: no channel binding, the user's name taken from the
// startup message. Source: RFC 5802, RFC 7677, PostgreSQL "SASL Authentication".
import {createHash, createHmac, pbkdf2Sync, timingSafeEqual} from 'node:crypto';

/** What a server keeps in place of a password. */
export interface Verifier {
	readonly salt: Buffer;
	readonly iterations: number;
	readonly storedKey: Buffer;
	readonly serverKey: Buffer;
}

const hmac = (key: Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
const sha256 = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest();

/** The verifier of a password (ASCII: no SASLprep is done), with PostgreSQL's own 4,096 iterations: about 2 ms. */
export function createVerifier(password: string, salt: Buffer): Verifier {
	const iterations = 4096;
	const salted = pbkdf2Sync(password, salt, iterations, 32, 'sha256');
	return {salt, iterations, storedKey: sha256(hmac(salted, 'Client Key')), serverKey: hmac(salted, 'Server Key')};
}

const attribute = (text: string, name: string): string | undefined =>
	text
		.split(',')
		.find(part => part.startsWith(`${name}=`))
		?.slice(2);

/** Where an exchange stands after the client's first message. */
export interface Challenge {
	/** What is sent back. */
	readonly text: string;
	readonly nonce: string;
	readonly clientFirst: string;
}

/** Answers `n,,n=…,r=…`; undefined when the message is malformed or asks for channel binding. */
export function challenge(first: string, verifier: Verifier, serverNonce: string): Challenge | undefined {
	const bare = /^[ny],[^,]*,(.*)$/s.exec(first)?.[1];
	const clientNonce = bare === undefined ? undefined : attribute(bare, 'r');
	if (bare === undefined || clientNonce === undefined || clientNonce === '') return undefined;
	const nonce = clientNonce + serverNonce;
	const text = `r=${nonce},s=${verifier.salt.toString('base64')},i=${verifier.iterations}`;
	return {text, nonce, clientFirst: bare};
}

/** The server's proof `v=…` when the client's holds; undefined when it does not, or the message is malformed. */
export function finish(last: string, started: Challenge, verifier: Verifier): string | undefined {
	const cut = last.lastIndexOf(',p=');
	const withoutProof = last.slice(0, Math.max(cut, 0));
	const binding = attribute(withoutProof, 'c');
	if ((binding !== 'biws' && binding !== 'eSws') || attribute(withoutProof, 'r') !== started.nonce) return undefined;
	const proof = Buffer.from(last.slice(cut + 3), 'base64');
	const message = `${started.clientFirst},${started.text},${withoutProof}`;
	const signature = hmac(verifier.storedKey, message);
	if (proof.length !== signature.length) return undefined;
	const clientKey = Buffer.from(proof.map((byte, at) => byte ^ signature[at]!));
	if (!timingSafeEqual(sha256(clientKey), verifier.storedKey)) return undefined;
	return `v=${hmac(verifier.serverKey, message).toString('base64')}`;
}
