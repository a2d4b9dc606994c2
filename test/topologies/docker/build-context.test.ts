import {execFileSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test from 'ava';
import {buildHash, contextArchive, contextEntries} from '../../../topologies/docker/build-context.ts';

const context = mkdtempSync(join(tmpdir(), 'fb-context-'));
test.after.always(() => rmSync(context, {recursive: true}));
const deep = 'd'.repeat(90);
mkdirSync(join(context, deep));
mkdirSync(join(context, 'left-out'));
writeFileSync(join(context, 'Dockerfile'), 'FROM scratch\n');
writeFileSync(join(context, 'big'), 'x'.repeat(200_000));
writeFileSync(join(context, deep, 'e'.repeat(90)), 'deep');
writeFileSync(join(context, 'left-out', 'kept'), 'kept');
writeFileSync(join(context, 'left-out', 'gone'), 'gone');
symlinkSync('/etc/'.repeat(30), join(context, 'link'));
const build = {context, dockerfile: null, args: {a: '1'}, target: null, where: {file: 't', line: 1, column: 1}};
const ignoring = (rules: string) => writeFileSync(join(context, '.dockerignore'), rules);
const paths = () => contextEntries(build).map(({path}) => path);

test.serial('the archive is one that tar reads, with long names and the same bytes', async t => {
	ignoring('');
	const pieces: Buffer[] = [];
	for await (const piece of contextArchive(context, contextEntries(build))) pieces.push(piece);
	const input = Buffer.concat(pieces);
	const listed = execFileSync('tar', ['-tf', '-'], {input, encoding: 'utf8'}).split('\n').filter(Boolean);
	t.deepEqual(
		listed.map(name => name.replace(/\/$/, '')),
		paths(),
	);
	t.is(execFileSync('tar', ['-xOf', '-', `${deep}/${'e'.repeat(90)}`], {input, encoding: 'utf8'}), 'deep');
	t.is(execFileSync('tar', ['-xOf', '-', 'big'], {input}).length, 200_000);
});

test.serial('what .dockerignore leaves out is not there, but for what it takes in again and the Dockerfile', t => {
	ignoring('left-out\nbig\nDockerfile\n');
	t.deepEqual(paths(), ['.dockerignore', 'Dockerfile', deep, `${deep}/${'e'.repeat(90)}`, 'link']);
	ignoring('left-out/*\n!left-out/kept\n');
	t.true(paths().includes('left-out/kept'));
	t.false(paths().includes('left-out/gone'));
});

test.serial('the hash follows from what is there and how it is built, and not from when it was written', async t => {
	ignoring('left-out\n');
	const hash = (changed: object = {}) => buildHash({...build, ...changed}, contextEntries(build));
	const before = await hash();
	utimesSync(join(context, 'big'), 1, 1);
	writeFileSync(join(context, 'left-out', 'gone'), 'other');
	t.is(await hash(), before);
	t.not(await hash({args: {a: '2'}}), before);
	t.not(await hash({target: 'last'}), before);
	writeFileSync(join(context, 'big'), 'y'.repeat(200_000));
	t.not(await hash(), before);
});
