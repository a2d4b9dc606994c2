import {execFileSync} from 'node:child_process';
import test from 'ava';
import {minimalImage} from '../../../topologies/docker/minimal-image.ts';
import {tarArchive} from '../../../topologies/docker/tar-archive.ts';

const listed = (archive: Buffer): readonly string[] =>
	execFileSync('tar', ['--list', '--verbose', '--numeric-owner'], {input: archive, encoding: 'utf8'})
		.split('\n')
		.filter(Boolean)
		.map(line => line.replaceAll(/\s+/g, ' ').replace(/ \d{4}-\d\d-\d\d \d\d:\d\d /, ' '));

test('without busybox it holds the program that waits, folders and users, and no shell', t => {
	const lines = listed(tarArchive(minimalImage('x64', null, []).entries));
	t.true(
		lines.some(line => /^-rwxr-xr-x 0\/0 \d{3} pause$/.test(line)),
		lines.join('\n'),
	);
	t.true(lines.some(line => line.startsWith('drwxrwxrwt') && /tmp\/?$/.test(line)));
	t.true(lines.some(line => line.endsWith('etc/passwd')));
	t.false(lines.some(line => /busybox|sh$/.test(line)));
});

test('with busybox each of its names is a link to it, whose bytes are as they were', t => {
	const bytes = Buffer.from('any program, of a length that fills no block');
	const {entries} = minimalImage('arm64', bytes, ['busybox', 'sh', 'wget']);
	const archive = tarArchive(entries);
	t.true(listed(archive).some(line => line.endsWith('bin/sh -> busybox')));
	t.true(listed(archive).some(line => line.endsWith('bin/wget -> busybox')));
	t.deepEqual(execFileSync('tar', ['--extract', '--to-stdout', 'bin/busybox'], {input: archive}), bytes);
});

test('its name follows from its content: the same twice, another with another program', t => {
	const name = (busybox: string | null): string =>
		minimalImage('x64', busybox === null ? null : Buffer.from(busybox), []).name;
	t.is(name('a'), name('a'));
	t.is(new Set([name(null), name('a'), name('b'), minimalImage('arm64', null, []).name]).size, 4);
	t.regex(name(null), /^firebreak\/minimal:[0-9a-f]{12}$/);
});
