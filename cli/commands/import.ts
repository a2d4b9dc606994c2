import {basename, join, relative, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';
import {didYouMean, nearest} from '../../core/files/nearest.ts';
import {renderProblem} from '../../core/model/problem.ts';
import type {Topology} from '../../core/model/topology.ts';
import {nativeFiles} from '../../core/native/native-files.ts';
import {plain} from '../../core/native/native-names.ts';
import {isOfFlows} from '../../topologies/inventory/load.ts';
import {defineCommand} from '../command.ts';
import {type ExitCode, exitCode} from '../exit-code.ts';
import {WordsError} from '../failure.ts';
import type {IdleOption, Importer, ImportWords} from '../import/importer.ts';
import {importers} from '../import/importers.ts';
import {withFlows} from '../import/with-flows.ts';
import {invocation} from '../invocation.ts';
import type {Io} from '../io.ts';
import {printable} from '../printable.ts';
import {reportProblems} from '../problems.ts';
import {plural} from '../report/lines.ts';
import {withProfiles} from '../subject-options.ts';
import {writeNew} from '../write-new.ts';

export const importCommand = defineCommand({
	name: 'import',
	takes: '<kind> <source>',
	several: true,
	about:
		'Writes what other tools’ files describe as a rehearsal of your own, which runs at once: a topology, the policies natively, and an attacker. Every flow has the verdict that it had.',
	examples: importers.map(({example, reads}) => [example, reads]),
	options: yargs =>
		withProfiles(
			yargs
				.positional('kind', {
					type: 'string',
					demandOption: true,
					describe: `what is read: ${importers.map(({kind}) => kind).join(', ')}`,
				})
				.positional('source', {
					type: 'string',
					demandOption: true,
					describe: 'a folder, a file, or - for standard input',
				})
				.option('out', {type: 'string', demandOption: true, describe: 'the folder to write, made where there is none'})
				.option('env-label', {
					type: 'string',
					defaultDescription: 'env',
					describe: 'k8s: the label that says a pod’s environment',
				})
				.option('assumed', {
					type: 'boolean',
					default: true,
					describe: 'k8s: add kube-dns where names are used (--no-assumed: no)',
				})
				.option('flows', {
					type: 'string',
					array: true,
					nargs: 1,
					default: [] as string[],
					describe: 'flows that were seen: CSV, Hubble’s JSON lines or an AWS VPC flow log; more than once for several',
				})
				.option('columns', {
					type: 'string',
					array: true,
					default: [] as string[],
					describe: 'columns of a CSV file whose headings are not known: name=Hostname,env=Stage,port=Dst',
				}),
		),
	async run({kind, out, profile, flows, columns: words, ...options}, io) {
		const columns = words.flatMap(word => word.split(/,(?=[^,=]+=)/));
		const importer = importers.find(one => one.kind === kind);
		const kinds = importers.map(one => one.kind);
		if (importer === undefined)
			throw new WordsError(
				`firebreak import reads no ${JSON.stringify(kind)}`,
				nearest(kind, kinds) === undefined ? `it reads ${kinds.join(', ')}` : didYouMean(kind, kinds),
			);
		refuseIdle(importer, {...options, profile});
		const lost = kind === 'csv' ? undefined : columns.find(word => flows.length === 0 || !isOfFlows(word));
		if (lost !== undefined)
			throw new WordsError(
				`firebreak import ${kind}: nothing here has a column for --columns ${lost}`,
				'columns are those of CSV files',
			);
		return write(importer, {...options, envLabel: options['env-label'], profiles: profile, columns, flows, out}, io);
	},
});

/** @throws WordsError for what would have no effect */
function refuseIdle({kind, idle}: Importer, words: Readonly<Record<string, unknown>>): void {
	const said: Readonly<Record<IdleOption, boolean>> = {
		'env-label': words['env-label'] !== undefined,
		'no-assumed': words.assumed === false,
		profile: (words.profile as readonly string[]).length > 0,
	};
	for (const [option, mend] of Object.entries(idle))
		if (said[option as IdleOption])
			throw new WordsError(`firebreak import ${kind}: --${option} means nothing here`, mend);
}

async function write(
	importer: Importer,
	{out, flows, ...words}: ImportWords & {readonly out: string; readonly flows: readonly string[]},
	io: Io,
): Promise<ExitCode> {
	const imported = await withFlows(await importer.load(words), {flows, columns: words.columns});
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
	const policies = files.filter(({path}) => path.startsWith('policies/')).length;
	io.out(
		`${files
			.filter(({path}) => !path.startsWith('policies/'))
			.map(({path}) => `  ${join(out, path)}\n`)
			.join('')}${policies === 0 ? '' : `  ${join(out, 'policies/')}\n`}\n` +
			`${plural(topology.workloads.length, 'workload')}, ` +
			`${plural(topology.dependencies.length, 'dependency', 'dependencies')}, ` +
			`${stack.length === 0 ? 'no policy' : plural(stack.length, 'policy', 'policies')}${policies > 0 ? ` in ${plural(policies, 'file')}` : ''}\n` +
			`${policies === 0 && files.some(({path}) => path === 'first.policy.yaml') ? 'first.policy.yaml is the least that allows the dependencies\n' : ''}` +
			`${toDecide(imported.warnings.length, topology)}` +
			`now: ${invocation(process.env)} rehearse ${relative(process.cwd(), folder) || '.'}\n`,
	);
	return exitCode.passed;
}

/** What an inventory leaves open stands in the head of its topology. */
const toDecide = (warnings: number, {assumptions}: Topology): string =>
	assumptions.some(one => one.startsWith('to decide: ')) ? `${warnings} to decide, in the head of the topology\n` : '';

/** For editors, as the files of `init` have it. */
const schemaLine = (file: string, schemas: string): string => {
	const kind = /\.(topology|policy|scenario)\.yaml$/.exec(file)?.[1] ?? 'rehearsal';
	return `# yaml-language-server: $schema=${relative(join(file, '..'), join(schemas, `${kind}.schema.json`))}\n`;
};
