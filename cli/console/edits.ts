// Copies of policy files that an editor is not to write itself: those of ready rehearsals, which belong to Firebreak, and
// those in folders that this user may not write. They go with the console, but for what was changed.
import {accessSync, constants, copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {basename, join} from 'node:path';

export interface Edits {
	/** The file itself where it may be written and is not among `kept`, else a copy, or the copy that it is. */
	editable(path: string, kept: boolean): string;
	/** Removes the copies, but for those that were changed, and gives back the paths of those. */
	close(): readonly string[];
}

export function createEdits(): Edits {
	let folder: string | undefined;
	const originals = new Map<string, string>();
	return {
		editable(path, kept) {
			if (originals.has(path) || !(kept || isReadOnly(path))) return path;
			folder ??= mkdtempSync(join(tmpdir(), 'firebreak-edit-'));
			const copy = freeName(folder, basename(path), path);
			copyFileSync(path, copy);
			originals.set(copy, path);
			return copy;
		},
		close() {
			if (folder === undefined) return [];
			const changed = [...originals].flatMap(([copy, original]) => (isSame(copy, original) ? [] : [copy]));
			for (const copy of originals.keys()) if (!changed.includes(copy)) rmSync(copy, {force: true});
			if (changed.length === 0) rmSync(folder, {recursive: true, force: true});
			return changed;
		},
	};
}

/** An edit that was put aside is not written over: `zones-2.policy.yaml` stands beside it. */
function freeName(folder: string, name: string, original: string): string {
	for (let at = 1; ; at++) {
		const path = join(folder, at === 1 ? name : name.replace(/(?=\.|$)/, `-${at}`));
		if (!existsSync(path) || isSame(path, original)) return path;
	}
}

const isSame = (one: string, other: string): boolean => {
	try {
		return readFileSync(one, 'utf8') === readFileSync(other, 'utf8');
	} catch {
		return false;
	}
};

function isReadOnly(path: string): boolean {
	try {
		accessSync(path, constants.W_OK);
		return false;
	} catch {
		return true;
	}
}
