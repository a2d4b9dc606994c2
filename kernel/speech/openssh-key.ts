// ed25519 keys in the two forms that OpenSSH reads. Node writes PKCS #8 and SPKI only.
// Source: RFC 8709 (ssh-ed25519), RFC 8410 (PKCS #8 of ed25519), OpenSSH PROTOCOL.key.
import {createPrivateKey, createPublicKey} from 'node:crypto';

const pkcs8Prefix = Buffer.from('302e020100300506032b657004220420', 'hex');
const spkiPrefixLength = 12;
const cipherBlock = 8;
const lineLength = 70;

const number = (value: number): Buffer => {
	const bytes = Buffer.alloc(4);
	bytes.writeUInt32BE(value);
	return bytes;
};

const field = (value: Buffer | string): Buffer => {
	const bytes = Buffer.from(value);
	return Buffer.concat([number(bytes.length), bytes]);
};

const publicBytes = (seed: Buffer): Buffer => {
	const key = createPrivateKey({key: Buffer.concat([pkcs8Prefix, seed]), format: 'der', type: 'pkcs8'});
	return createPublicKey(key).export({format: 'der', type: 'spki'}).subarray(spkiPrefixLength);
};

const padded = (bytes: Buffer): Buffer => {
	const missing = (cipherBlock - (bytes.length % cipherBlock)) % cipherBlock;
	return Buffer.concat([bytes, Buffer.from(Array.from({length: missing}, (_, at) => at + 1))]);
};

const pem = (bytes: Buffer): string => {
	const lines = bytes.toString('base64').match(new RegExp(`.{1,${lineLength}}`, 'g')) ?? [];
	return ['-----BEGIN OPENSSH PRIVATE KEY-----', ...lines, '-----END OPENSSH PRIVATE KEY-----', ''].join('\n');
};

/**
 * The key pair of a 32-byte seed, without passphrase.
 *
 * @param comment - ends both forms; one line
 * @returns `privateKey` as PEM (`BEGIN OPENSSH PRIVATE KEY`), `publicKey` as a line of authorized_keys without newline
 */
export function opensshKeyPair(seed: Buffer, comment: string): {privateKey: string; publicKey: string} {
	const point = publicBytes(seed);
	const blob = Buffer.concat([field('ssh-ed25519'), field(point)]);
	const check = seed.subarray(0, 4);
	const secret = Buffer.concat([check, check, blob, field(Buffer.concat([seed, point])), field(comment)]);
	const whole = Buffer.concat([
		Buffer.from('openssh-key-v1\0'),
		field('none'),
		field('none'),
		field(''),
		number(1),
		field(blob),
		field(padded(secret)),
	]);
	return {privateKey: pem(whole), publicKey: `ssh-ed25519 ${blob.toString('base64')} ${comment}`};
}
