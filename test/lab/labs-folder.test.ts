import {chmodSync, lstatSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test from 'ava';
import type {FirebreakError} from '../../core/model/failure.ts';
import {labFiles, labName, labsFolder} from '../../lab/labs-folder.ts';

const uid = process.getuid!();
const place = (t: import('ava').ExecutionContext): string => {
	const folder = mkdtempSync(join(tmpdir(), 'fb-'));
	t.teardown(() => rmSync(folder, {recursive: true, force: true}));
	return folder;
};
const codeOf = (run: () => unknown): string => {
	try {
		run();
		return 'no error';
	} catch (error) {
		return (error as FirebreakError).code;
	}
};

test('the folder is the user’s runtime folder, and only its owner may enter it', t => {
	const own = place(t);
	const folder = labsFolder({environment: {XDG_RUNTIME_DIR: own}, uid, shared: '/nowhere'});
	t.is(folder, join(own, 'firebreak'));
	t.is(lstatSync(folder).mode & 0o777, 0o700);
	t.is(labsFolder({environment: {XDG_RUNTIME_DIR: own}, uid, shared: '/nowhere'}), folder, 'a second time too');
});

test('without a runtime folder of the user’s own it is made in the shared one, by the user’s number', t => {
	const shared = place(t);
	for (const XDG_RUNTIME_DIR of [undefined, '', 'relative', join(shared, 'missing')])
		t.is(labsFolder({environment: {XDG_RUNTIME_DIR}, uid, shared}), join(shared, `firebreak-${uid}`));
});

test('a link, a file, a folder of somebody else and one that others may enter are all refused', t => {
	const shared = place(t);
	const path = join(shared, `firebreak-${uid}`);
	const refused = () => codeOf(() => labsFolder({environment: {}, uid, shared}));
	mkdirSync(join(shared, 'elsewhere'), {mode: 0o700});
	symlinkSync(join(shared, 'elsewhere'), path);
	t.is(refused(), 'unsafe-folder', 'a link');
	rmSync(path);
	writeFileSync(path, '');
	t.is(refused(), 'unsafe-folder', 'a file');
	rmSync(path);
	mkdirSync(path);
	chmodSync(path, 0o710);
	t.is(refused(), 'unsafe-folder', 'open to a group');
	chmodSync(path, 0o700);
	t.is(refused(), 'no error');
	mkdirSync(join(shared, `firebreak-${uid + 1}`), {mode: 0o700});
	t.is(
		codeOf(() => labsFolder({environment: {}, uid: uid + 1, shared})),
		'unsafe-folder',
		'of somebody else',
	);
});

test('a path that a socket cannot have is refused before anything is booted', t => {
	t.is(
		codeOf(() => labsFolder({environment: {}, uid, shared: `/tmp/${'x'.repeat(90)}`})),
		'unsafe-folder',
	);
});

test('only sockets of labs are labs, whatever else lies there', t => {
	const folder = place(t);
	for (const name of ['b.sock', 'a-1.sock', 'A.sock', '.x', 'c.fell', 'a.sock.0123ab', `${'l'.repeat(17)}.sock`])
		writeFileSync(join(folder, name), '');
	t.deepEqual(labFiles(folder), {labs: ['a-1', 'b'], unfinished: [join(folder, 'a.sock.0123ab')]});
	t.false(labName.test('../x'));
	t.false(labName.test(''));
});
