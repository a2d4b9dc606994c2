import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test from 'ava';
import {writeStarter} from '../../cli/commands/init.ts';
import {runWords} from '../../cli/main.ts';
import {capturedIo} from './captured-io.ts';

const broken: readonly {readonly what: string; readonly file: string; readonly text: string; readonly says: RegExp}[] =
	[
		{
			what: 'a misspelt key',
			file: 'segmented.policy.yaml',
			text: 'policy: segmented\ndefualt: deny\n',
			says: /^segmented\.policy\.yaml:2:1: .*default/m,
		},
		{
			what: 'a file that is not there',
			file: 'rehearsal.yaml',
			text: 'rehearsal: x\ntopology: two-teir.topology.yaml\ncandidates: {}\n',
			says: /^rehearsal\.yaml:2:11: .*two-tier\.topology\.yaml/m,
		},
		{
			what: 'a binary file',
			file: 'two-tier.topology.yaml',
			text: '\u0000\u0001',
			says: /^two-tier\.topology\.yaml:1:1: /m,
		},
	];
for (const {what, file, text, says} of broken) {
	test(`check names the place of ${what}, ends with 2 and prints no result`, async t => {
		const folder = mkdtempSync(join(tmpdir(), 'firebreak-check-'));
		try {
			writeStarter(folder);
			writeFileSync(join(folder, file), text);
			const io = capturedIo();
			t.is(await runWords(['check', folder], io), 2);
			t.is(io.stdout, '');
			t.regex(io.stderr, says);
			t.regex(io.stderr, /\n\n\d+ problems?, nothing was booted\n$/);
		} finally {
			rmSync(folder, {recursive: true});
		}
	});
}
