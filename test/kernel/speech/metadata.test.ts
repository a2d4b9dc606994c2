import test from 'ava';
import {readCredentials} from '../../../kernel/speech/metadata-client.ts';
import {type Credential, credentialsPath, metadataSpeech} from '../../../kernel/speech/metadata-server.ts';
import {serve} from '../../builders/loopback.ts';

const one: Credential = {id: 'db/word@prod', kind: 'password', user: 'ops', material: 'x y', speaks: ['postgres']};
const served = (its: readonly Credential[] | undefined) =>
	serve(metadataSpeech(address => (address === '127.0.0.1' ? its : undefined)));
const get = async (port: number, path: string, method = 'GET') => {
	const response = await fetch(`http://127.0.0.1:${port}${path}`, {method});
	return `${response.status} ${await response.text()}`;
};

test('a listing leads to each credential, by HTTP as any client speaks it', async t => {
	await using cloud = await served([one]);
	t.is(await get(cloud.port, '/'), '200 latest\n');
	t.is(await get(cloud.port, '/latest/meta-data/iam/'), '200 security-credentials/\n');
	t.is(await get(cloud.port, credentialsPath), '200 db%2Fword%40prod\n');
	const [status, ...text] = (await get(cloud.port, `${credentialsPath}db%2Fword%40prod`)).split(' ');
	t.is(status, '200');
	t.like(JSON.parse(text.join(' ')), {Code: 'Success', UserName: 'ops', Secret: 'x y'});
	t.regex(await get(cloud.port, `${credentialsPath}other`), /^404 /);
	t.regex(await get(cloud.port, '/', 'PUT'), /^405 /);
});

test('a machine that the service knows nothing of gets nothing', async t => {
	await using strange = await served(undefined);
	t.regex(await get(strange.port, credentialsPath), /^404 /);
	t.is(await readCredentials(await strange.connect()), null);
});

test('its client reads every document over one connection, and none of a service that is no HTTP', async t => {
	await using many = await served(Array.from({length: 20}, (_, at) => ({...one, id: `s${at}`})));
	const documents = await readCredentials(await many.connect());
	t.deepEqual(
		documents?.map(text => JSON.parse(text).Name),
		Array.from({length: 20}, (_, at) => `s${at}`),
	);
	await using other = await serve(socket => void socket.on('error', () => {}).end('220 hello\r\n'));
	t.is(await readCredentials(await other.connect()), null);
});
