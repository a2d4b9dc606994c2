import {didYouMean, nearest} from '../../core/files/nearest.ts';
import {isOfFlows} from '../../topologies/inventory/load.ts';
import {defineCommand} from '../command.ts';
import {WordsError} from '../failure.ts';
import type {IdleOption, Importer} from '../import/importer.ts';
import {importers} from '../import/importers.ts';
import {writeImport} from '../import/write-import.ts';
import {withProfiles} from '../subject-options.ts';

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
		return writeImport(
			importer,
			{...options, envLabel: options['env-label'], profiles: profile, columns, flows, out},
			io,
		);
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
