import test from 'ava';
import {roomEnvironment} from '../../../cli/lab/room-environment.ts';
import {missingProgram} from '../../../cli/lab/room-program.ts';

const web = {name: 'web.prod', variables: {GREETING: 'hello', PATH: '/evil', HOME: '/home/someone', TERM: 'other'}};

test('of the caller’s environment terminal and locale come along, and no secret', t => {
	const caller = {
		TERM: 'xterm',
		LC_ALL: 'C.UTF-8',
		LANG: 'de',
		NO_COLOR: '1',
		AWS_SECRET: 'x',
		LD_PRELOAD: '/x',
		LC_x: 'no',
	};
	t.deepEqual(roomEnvironment('shop', web, caller), {
		GREETING: 'hello',
		TERM: 'xterm',
		LC_ALL: 'C.UTF-8',
		LANG: 'de',
		NO_COLOR: '1',
		HOME: '/root',
		USER: 'root',
		PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
		// biome-ignore lint/suspicious/noTemplateCurlyInString: as a shell reads it
		PS1: '${FIREBREAK_WORKLOAD} [${FIREBREAK_LAB}] # ',
		FIREBREAK_LAB: 'shop',
		FIREBREAK_WORKLOAD: 'web.prod',
	});
});

test('a terminal that this machine does not describe, or whose name is a path, is called by a common one', t => {
	for (const TERM of ['no-such-terminal', '../../etc/passwd', ''])
		t.is(roomEnvironment('shop', {...web, variables: {}}, {TERM}).TERM, 'xterm-256color', TERM);
});

for (const [word, said] of [
	['sh', undefined],
	['/bin/sh', undefined],
	['/tmp/made-there', undefined],
	['no-such-program', /has no program no-such-program/],
	['./x', /there is no program \.\/x/],
	['/etc/passwd', /does not see \/etc\/passwd/],
	['/usr/bin/no-such-program', /there is no program/],
	['/home/../etc/passwd', /does not see/],
] as const)
	test(`${word} ${said === undefined ? 'may be there' : 'is missing, with a mend'}`, t => {
		const missing = missingProgram(word, '/usr/bin');
		if (said === undefined) return t.is(missing, undefined);
		t.regex(missing?.what ?? '', said);
		t.regex(missing?.mend ?? '', /\/usr/);
	});

test('a program of the caller’s own folders is named with its folder', t => {
	t.regex(missingProgram('passwd-like', '/proc/self:/etc')?.what ?? '', /this machine has no program/);
	t.regex(missingProgram('hosts', '/proc/self:/etc')?.what ?? '', /hosts lies in \/etc, which a workload does not see/);
});
