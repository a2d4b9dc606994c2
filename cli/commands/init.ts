import {readdirSync, readFileSync} from 'node:fs';
import {basename, join, relative, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';
import {defineCommand} from '../command.ts';
import {exitCode} from '../exit-code.ts';
import {invocation} from '../invocation.ts';
import {writeNew} from '../write-new.ts';

/** The rehearsal that is written, and the schemas that its first lines name. */
const starter = fileURLToPath(new URL('../starter', import.meta.url));
const schemas = fileURLToPath(new URL('../../schemas', import.meta.url));

export const init = defineCommand({
	name: 'init',
	takes: '[dir]',
	about:
		'Writes a small rehearsal that runs at once: a topology, a policy, a scenario and what is expected of them, each with comments that say what may be changed. Nothing that is there is overwritten.',
	examples: [['my-prod', 'a new folder my-prod; then: firebreak rehearse my-prod']],
	options: yargs =>
		yargs.positional('dir', {type: 'string', default: '.', describe: 'the folder, made where there is none'}),
	async run({dir}, io) {
		const folder = resolve(dir);
		const files = writeStarter(folder);
		const again = relative(process.cwd(), folder) === '' ? '.' : dir;
		io.out(
			`${files.map(file => `  ${join(dir, file)}\n`).join('')}\nnow: ${invocation(process.env)} rehearse ${again}\n`,
		);
		return exitCode.passed;
	},
});

/** The starter's files for `folder`, written; gives their names, sorted. @throws as `writeNew` */
export function writeStarter(folder: string): readonly string[] {
	const files = readdirSync(starter).sort();
	writeNew(
		folder,
		files.map(path => ({path, text: textFor(folder, path)})),
		'firebreak init my-prod',
	);
	return files;
}

/** A file of the starter, its schema named as it is found from `folder`, and the rehearsal called as the folder is. */
const textFor = (folder: string, file: string): string =>
	readFileSync(join(starter, file), 'utf8')
		.replace('$schema=../../schemas', `$schema=${relative(folder, schemas)}`)
		.replace(/^rehearsal: starter$/m, `rehearsal: ${nameFrom(folder)}`);

/** The folder's name, where it can stand as a name and is nothing else to YAML. */
function nameFrom(folder: string): string {
	const name = basename(folder);
	return /^[A-Za-z][\w-]{0,62}$/.test(name) && !/^(true|false|null)$/i.test(name) ? name : 'starter';
}
