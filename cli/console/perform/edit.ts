// The policy in force in the user's own editor. Files of the user's rehearsal are edited where they are; those of a ready
// one, which belong to Firebreak, as copies.
import {spawn} from 'node:child_process';
import {accessSync, constants, copyFileSync, mkdtempSync, readFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {basename, join, resolve} from 'node:path';
import {withoutQuarantine} from '../../../core/policy/quarantine.ts';
import type {Said} from '../../../tui/console/message.ts';
import {planDraft} from '../../../tui/console/policy/plan-draft.ts';
import {loadOptions} from '../../load-options.ts';
import type {Doing} from '../live.ts';
import {said} from './said.ts';

export async function edit({app, rehearsal}: Doing): Promise<Said | null> {
	const {draft, world} = app.state();
	const {policy} = world;
	const known = withoutQuarantine(policy.stack);
	if (known.length === 0) return said('no policy is in force: put a candidate in force first', 'bad');
	const files = [...new Set(known.map(({where}) => where.file))];
	// An edit that is not in force yet goes on where it was left.
	const paths = draft?.paths ?? editable(files, rehearsal.folder);
	if (paths === null) return said(`${files[0]} is not to be found: it was in force before this console came`, 'bad');
	const before = paths.map(read);
	const [program = 'vi', ...words] = (process.env.VISUAL || process.env.EDITOR || 'vi').split(/\s+/);
	const code = await app.screen.lend(
		() =>
			new Promise<number | null>((done, fail) => {
				spawn(program, [...words, ...paths], {stdio: 'inherit'})
					.once('error', fail)
					.once('exit', done);
			}),
	);
	if (code !== 0) return said(`${basename(program)} ended with ${code ?? 'a signal'}: nothing is applied`, 'bad');
	const after = paths.map(read);
	if (after.every((text, at) => text === before[at])) {
		return said(draft === null ? 'nothing was changed' : 'the edit is as it was');
	}
	const sources = paths.map((path, at) => ({file: path, text: after[at]!}));
	app.send({kind: 'drafted', draft: planDraft(app.state().world, sources, paths)});
	return null;
}

const read = (path: string): string => readFileSync(path, 'utf8');

/** Paths that an editor may write; null where a file is not there. */
function editable(files: readonly string[], folder: string): readonly string[] | null {
	const found = files.map(file => resolve(folder, file));
	try {
		for (const path of found) accessSync(path, constants.R_OK);
	} catch {
		return null;
	}
	const isReady = loadOptions().catalog.rehearsals.some(ready => folder.startsWith(ready));
	if (!isReady || found.some(path => !path.startsWith(folder))) return found;
	const copies = mkdtempSync(join(tmpdir(), 'firebreak-edit-'));
	return found.map(path => {
		const copy = join(copies, basename(path));
		copyFileSync(path, copy);
		return copy;
	});
}
