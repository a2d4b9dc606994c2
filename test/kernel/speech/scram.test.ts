import test from 'ava';
import {challenge, createVerifier, finish} from '../../../kernel/speech/scram.ts';

// RFC 7677, section 3: user `user`, password `pencil`.
const salt = Buffer.from('W22ZaJ0SNY7soEsUEjb6gQ==', 'base64');
const verifier = createVerifier('pencil', salt);
const first = 'n,,n=user,r=rOprNGfwEbeRWgbNEkqO';
const serverNonce = '%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0';
const last =
	'c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=';

test('the exchange of RFC 7677 comes out as printed there', t => {
	const started = challenge(first, verifier, serverNonce)!;
	t.is(started.text, `r=rOprNGfwEbeRWgbNEkqO${serverNonce},s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096`);
	t.is(finish(last, started, verifier), 'v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=');
});

const spoiled = [
	['another nonce', last.replace('rOpr', 'sOpr')],
	['another proof', last.replace('dHzb', 'eHzb')],
	['a short proof', last.slice(0, -8)],
	['no proof', last.split(',p=')[0]!],
	['channel binding that was not agreed', last.replace('biws', 'cD10bHM=')],
	['nothing', ''],
] as const;

for (const [title, text] of spoiled) {
	test(`${title} is no proof`, t => {
		t.is(finish(text, challenge(first, verifier, serverNonce)!, verifier), undefined);
	});
}

test('the proof for one password does not hold for another', t => {
	const other = createVerifier('pencils', salt);
	t.is(finish(last, challenge(first, other, serverNonce)!, other), undefined);
});

test('a first message without nonce, or with channel binding, is not answered', t => {
	for (const text of ['', 'n,,n=user', 'n,,n=user,r=', 'p=tls-unique,,n=user,r=abc']) {
		t.is(challenge(text, verifier, serverNonce), undefined, text);
	}
});
