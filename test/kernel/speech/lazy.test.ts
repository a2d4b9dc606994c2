import {execFile} from 'node:child_process';
import {promisify} from 'node:util';
import test from 'ava';

const program = `
	import {createRequire} from 'node:module';
	await import('./scenarios/wire/services/speaker.ts');
	await import('./scenarios/wire/exchange/converse.ts');
	console.log(Object.keys(createRequire(import.meta.url + '/x').cache).join('\\n'));
`;

test('importing both ends of every protocol loads neither ssh2 nor pg', async t => {
	const {stdout} = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program]);
	t.regex(stdout, /node_modules.redis-parser/);
	t.notRegex(stdout, /node_modules.(ssh2|pg)\//);
});
