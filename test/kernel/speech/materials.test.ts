import {randomBytes} from 'node:crypto';
import test from 'ava';
import ssh2 from 'ssh2';
import {createMaterials, heldOf, loginOf} from '../../../kernel/speech/materials.ts';

const {parseKey} = ssh2.utils;
const key = (id: string) => ({id, kind: 'ssh-key', user: 'ops', opens: []}) as const;
const password = (id: string) => ({id, kind: 'password', user: 'app', opens: []}) as const;

test('what the holder signs the service verifies, and not with the key of another secret', t => {
	const secrets = Array.from({length: 10}, (_, at) => key(`k${at}`));
	const materials = createMaterials(secrets, randomBytes);
	const pairs = secrets.map(secret => {
		const held = parseKey(heldOf(materials.get(secret.id)!));
		const kept = parseKey(loginOf(secret, materials.get(secret.id)!).material);
		if (held instanceof Error || kept instanceof Error) throw new Error('a key cannot be read');
		return {held, kept};
	});
	pairs.forEach(({held}, holder) => {
		const signature = held.sign(Buffer.from('words'));
		pairs.forEach(({kept}, keeper) => {
			t.is(kept.verify(Buffer.from('words'), signature) === true, holder === keeper);
		});
	});
});

test('materials follow from the random source alone, and no two secrets share one', t => {
	const secrets = [key('a'), key('b'), password('c'), password('d')];
	const counting = () => {
		let at = 0;
		return (length: number) => Buffer.alloc(length, (at += 1));
	};
	const once = createMaterials(secrets, counting());
	t.deepEqual(once, createMaterials(secrets, counting()));
	t.is(new Set([...once.values()].map(heldOf)).size, 4);
	t.notDeepEqual(once, createMaterials(secrets, randomBytes));
});

test('a service keeps no private key', t => {
	const secret = key('a');
	const material = createMaterials([secret], randomBytes).get('a')!;
	t.regex(loginOf(secret, material).material, /^ssh-ed25519 [A-Za-z0-9+/=]+ \S+$/);
});
