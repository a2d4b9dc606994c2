// The published package: TypeScript to JavaScript in dist/, and beside it every file that the code reads. Node strips
// no types under node_modules, so a package that is installed cannot run its sources.
import {spawnSync} from 'node:child_process';
import {cpSync, globSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {execPath, exit} from 'node:process';
import {folder} from './prepare.mjs';

const dist = join(folder, 'dist');
const floors = '{core,kernel,topologies,enforcers,scenarios,lab,rehearsals,tui,workshop,cli}';
const read = '{njk,yaml,yml,json,nft,txt}';

rmSync(dist, {recursive: true, force: true});
const {status} = spawnSync(execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], {
	cwd: folder,
	stdio: 'inherit',
});
if (status !== 0) exit(status ?? 70);

for (const file of globSync([`${floors}/**/*.${read}`, 'schemas/*.json', 'cli/**/*.js'], {cwd: folder}))
	cpSync(join(folder, file), join(dist, file));

writeFileSync(join(dist, 'package.json'), `${JSON.stringify({type: 'module'})}\n`);
