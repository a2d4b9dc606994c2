// The texts of policy files, for the pane that shows the policy as it was written.
import {readFileSync} from 'node:fs';
import {resolve} from 'node:path';
import type {Stack} from '../../core/model/policy.ts';
import type {Rehearsal} from '../../core/model/rehearsal.ts';

/** By the names that the places of rules have. A file that is not to be read is left out: its rules are shown instead. */
export function policySources({candidates, folder}: Rehearsal, stack: Stack): ReadonlyMap<string, string> {
	const files = [...candidates.flatMap(one => one.stack), ...stack].map(({where}) => where.file);
	return new Map(
		[...new Set(files)].flatMap(file => {
			try {
				return [[file, readFileSync(resolve(folder, file), 'utf8')] as const];
			} catch {
				return [];
			}
		}),
	);
}
