import {basename, join, relative, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';
import {didYouMean, nearest} from '../../core/files/nearest.ts';
import {renderProblem} from '../../core/model/problem.ts';
import {nativeFiles} from '../../core/native/native-files.ts';
import {plain} from '../../core/native/native-names.ts';
import {defineCommand} from '../command.ts';
import {type ExitCode, exitCode} from '../exit-code.ts';
import {WordsError} from '../failure.ts';
import type {Importer, ImportWords} from '../import/importer.ts';
import {importers} from '../import/importers.ts';
import {invocation} from '../invocation.ts';
import type {Io} from '../io.ts';
import {printable} from '../printable.ts';
import {reportProblems} from '../problems.ts';
import {plural} from '../report/lines.ts';
import {writeNew} from '../write-new.ts';

export const importCommand = defineCommand({
	name: 'import',
	takes: '<kind> <source>',
	about:
		'Writes what other tools’ files describe as a rehearsal of your own, which runs at once: a topology, the policies natively, and an attacker. Every flow has the verdict that it had.',
	examples: importers.map(({example, reads}) => [example, reads]),
	options: yargs =>
		yargs
			.positional('kind', {
				type: 'string',
				demandOption: true,
				describe: `what is read: ${importers.map(({kind}) => kind).join(', ')}`,
			})
			.positional('source', {type: 'string', demandOption: true, describe: 'a folder, a file, or - for standard input'})
			.option('out', {type: 'string', demandOption: true, describe: 'the folder to write, made where there is none'})
			.option('env-label', {type: 'string', default: 'env', describe: 'the label that says a pod’s environment'})
			.option('assumed', {
				type: 'boolean',
				default: true,
				describe: 'add kube-dns where names are used (--no-assumed: no)',
			}),
	async run({kind, out, ...options}, io) {
		const importer = importers.find(one => one.kind === kind);
		const kinds = importers.map(one => one.kind);
		if (importer === undefined)
			throw new WordsError(
				`firebreak import reads no ${JSON.stringify(kind)}`,
				nearest(kind, kinds) === undefined ? `it reads ${kinds.join(', ')}` : didYouMean(kind, kinds),
			);
		return write(importer, {...options, envLabel: options['env-label'], out}, io);
	},
});

async function write(
	importer: Importer,
	{out, ...words}: ImportWords & {readonly out: string},
	io: Io,
): Promise<ExitCode> {
	const imported = await importer.load(words);
	if (imported.kind === 'wrong') return reportProblems(imported.problems, io, 'written');
	for (const warning of imported.warnings) io.err(`${printable(renderProblem(warning))}\n`);
	const folder = resolve(out);
	const files = nativeFiles(imported.value, {
		name: plain(basename(folder)),
		source: words.source === '-' ? 'standard input' : words.source,
	});
	const schemas = fileURLToPath(new URL('../../schemas', import.meta.url));
	writeNew(
		folder,
		files.map(({path, text}) => ({path, text: schemaLine(join(folder, path), schemas) + text})),
		`firebreak import ${importer.example}`,
	);
	const {topology, stack} = imported.value;
	const policies = files.filter(({path}) => path.endsWith('.policy.yaml')).length;
	io.out(
		`${files
			.filter(({path}) => !path.startsWith('policies/'))
			.map(({path}) => `  ${join(out, path)}\n`)
			.join('')}${policies === 0 ? '' : `  ${join(out, 'policies/')}\n`}\n` +
			`${plural(topology.workloads.length, 'workload')}, ` +
			`${plural(topology.dependencies.length, 'dependency', 'dependencies')}, ` +
			`${plural(stack.length, 'policy', 'policies')}${policies > 0 ? ` in ${plural(policies, 'file')}` : ''}\n` +
			`now: ${invocation(process.env)} rehearse ${relative(process.cwd(), folder) || '.'}\n`,
	);
	return exitCode.passed;
}

/** For editors, as the files of `init` have it. */
const schemaLine = (file: string, schemas: string): string => {
	const kind = /\.(topology|policy|scenario)\.yaml$/.exec(file)?.[1] ?? 'rehearsal';
	return `# yaml-language-server: $schema=${relative(join(file, '..'), join(schemas, `${kind}.schema.json`))}\n`;
};
