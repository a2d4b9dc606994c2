// A small rehearsal in a folder of its own, for tests of loading.
import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import type {ExecutionContext} from 'ava';
import {renderProblem} from '../../core/model/problem.ts';
import type {Rehearsal} from '../../core/model/rehearsal.ts';
import {loadRehearsal} from '../../rehearsals/load.ts';
import type {LoadOptions} from '../../rehearsals/load-options.ts';

export const topology = `topology: two
environments: [prod, dev]
workloads:
  web:
    in: [prod, dev]
    labels: { tier: web }
    services: { http: { port: 80, speaks: http } }
    needs: [db:postgres]
  db:
    in: [prod, dev]
    labels: { tier: db }
    services: { postgres: { port: 5432, speaks: postgres } }
`;
export const policy = `policy: segmented
rules:
  - allow: web reads its database
    from: { tier: web }
    to: { tier: db }
    same: [env]
    on: [postgres]
`;
export const rehearsal = `rehearsal: two
topology: two.topology.yaml
candidates:
  segmented: segmented.policy.yaml
`;
export const usual = {'two.topology.yaml': topology, 'segmented.policy.yaml': policy, 'rehearsal.yaml': rehearsal};

export const none: LoadOptions = {catalog: {rehearsals: [], scenarios: []}};

/** A new folder with these files, which goes with the test. */
export async function folder(t: ExecutionContext, files: Readonly<Record<string, string>>): Promise<string> {
	const path = await mkdtemp(join(tmpdir(), 'firebreak-load-'));
	t.teardown(() => rm(path, {recursive: true}));
	for (const [name, text] of Object.entries(files)) {
		await mkdir(dirname(join(path, name)), {recursive: true});
		await writeFile(join(path, name), text);
	}
	return path;
}

export async function load(
	t: ExecutionContext,
	files: Readonly<Record<string, string>>,
	options = none,
): Promise<Rehearsal> {
	const loaded = await loadRehearsal(await folder(t, files), options);
	if (loaded.kind === 'wrong') throw new Error(loaded.problems.map(renderProblem).join('\n'));
	return loaded.value;
}

export async function problems(
	t: ExecutionContext,
	files: Readonly<Record<string, string>>,
	options = none,
): Promise<readonly string[]> {
	const loaded = await loadRehearsal(await folder(t, files), options);
	return loaded.kind === 'wrong' ? loaded.problems.map(renderProblem) : [];
}

/** The usual rehearsal with `lines` behind it. */
export const withLines = (...lines: string[]) => ({...usual, 'rehearsal.yaml': `${rehearsal}${lines.join('\n')}\n`});
