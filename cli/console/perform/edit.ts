// The policy in force in the user's own editor. Files of the user's rehearsal are edited where they are; those that are not
// to be written, as copies.
import {accessSync, constants, readFileSync} from 'node:fs';
import {resolve, sep} from 'node:path';
import {withoutQuarantine} from '../../../core/policy/quarantine.ts';
import type {Said} from '../../../tui/console/message.ts';
import {planDraft} from '../../../tui/console/policy/plan-draft.ts';
import {loadOptions} from '../../load-options.ts';
import type {Doing} from '../live.ts';
import {inTerminal} from './in-terminal.ts';
import {said} from './said.ts';

export async function edit(doing: Doing): Promise<Said | null> {
	const {app, rehearsal} = doing;
	const {draft, world} = app.state();
	const {policy} = world;
	const known = withoutQuarantine(policy.stack);
	if (known.length === 0) return said('no policy is in force: put a candidate in force first', 'bad');
	const files = [...new Set(known.map(({where}) => where.file))];
	// An edit that is not in force yet goes on where it was left.
	const paths = draft?.paths ?? editable(files, rehearsal.folder, doing);
	if (paths === null) return said(`${files[0]} is not to be found: it was in force before this console came`, 'bad');
	const before = paths.map(readable);
	const editor = process.env.VISUAL?.trim() || process.env.EDITOR?.trim() || 'vi';
	// A shell reads it, as git and crontab have it: there may be words and quotes in it.
	const code = await inTerminal(['/bin/sh', '-c', `exec ${editor} "$@"`, editor, ...paths], doing, {tied: false});
	if (code === 127 || code === 126)
		return said(`the editor ${editor} cannot be started here: EDITOR names another one`, 'bad');
	if (code !== 0) return said(`the editor ${editor} ended with ${code}: nothing is applied`, 'bad');
	const after = paths.map(readable);
	if (!after.every(text => text !== null)) return said('the edit is gone: a file is not to be read any more', 'bad');
	if (after.every((text, at) => text === before[at])) {
		return said(draft === null ? 'nothing was changed' : 'the edit is as it was');
	}
	const sources = paths.map((path, at) => ({file: path, text: after[at]!}));
	app.send({kind: 'drafted', draft: planDraft(app.state().world, sources, paths)});
	return null;
}

const readable = (path: string): string | null => {
	try {
		return readFileSync(path, 'utf8');
	} catch {
		return null;
	}
};

/** Paths that an editor may write; null where a file is not there. */
function editable(files: readonly string[], folder: string, {edits}: Doing): readonly string[] | null {
	const found = files.map(file => resolve(folder, file));
	try {
		for (const path of found) accessSync(path, constants.R_OK);
	} catch {
		return null;
	}
	const ready = loadOptions().catalog.rehearsals;
	return found.map(path =>
		edits.editable(
			path,
			ready.some(one => path.startsWith(`${one}${sep}`)),
		),
	);
}
