// What was read, as a folder of files that run at once, and what was written for whoever asked.
import {basename, join, relative, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';
import {decisionFile, decisionHead, decisionTable} from '../../core/inventory/decision-groups.ts';
import {renderProblem} from '../../core/model/problem.ts';
import {type NativeFile, nativeFiles} from '../../core/native/native-files.ts';
import {plain} from '../../core/native/native-names.ts';
import {type ExitCode, exitCode} from '../exit-code.ts';
import {invocation} from '../invocation.ts';
import type {Io} from '../io.ts';
import {printable} from '../printable.ts';
import {reportProblems} from '../problems.ts';
import {plural} from '../report/lines.ts';
import {ansiPaint, noPaint} from '../report/paint.ts';
import {writeNew} from '../write-new.ts';
import {decisionLines} from './decision-lines.ts';
import type {ImportedSource, Importer, ImportWords} from './importer.ts';
import {movedPaths} from './moved-paths.ts';
import {withFlows} from './with-flows.ts';

export async function writeImport(
	importer: Importer,
	{out, flows, ...words}: ImportWords & {readonly out: string; readonly flows: readonly string[]},
	io: Io,
): Promise<ExitCode> {
	const imported = await withFlows(await importer.load(words), {flows, columns: words.columns});
	if (imported.kind === 'wrong') return reportProblems(imported.problems, io, 'written');
	for (const warning of imported.warnings) io.err(`${printable(renderProblem(warning))}\n`);
	const folder = resolve(out);
	const {decisions = []} = imported.value;
	const topology = movedPaths(imported.value.topology, folder);
	const assumptions = [...topology.assumptions, ...decisionHead(decisions)];
	const native = nativeFiles(
		{...imported.value, topology: {...topology, assumptions}},
		{name: plain(basename(folder)), source: words.source === '-' ? 'standard input' : words.source},
	);
	const schemas = fileURLToPath(new URL('../../schemas', import.meta.url));
	const table = decisions.length === 0 ? [] : [{path: decisionFile, text: decisionTable(decisions)}];
	writeNew(
		folder,
		[...native.map(({path, text}) => ({path, text: schemaLine(join(folder, path), schemas) + text})), ...table],
		`firebreak import ${importer.example}`,
	);
	io.err(
		decisionLines(decisions, page(), process.stderr.isTTY ? page().width : null)
			.map(line => `${line}\n`)
			.join(''),
	);
	io.out(
		`${writtenText(imported.value, [...native, ...table], out)}now: ${invocation(process.env)} rehearse ${relative(process.cwd(), folder) || '.'}\n`,
	);
	return exitCode.passed;
}

const page = () => ({
	width: Math.max(60, Math.min(process.stderr.columns ?? 100, 160)),
	paint: process.stderr.isTTY && !process.env.NO_COLOR ? ansiPaint : noPaint,
});

function writtenText(
	{topology, stack, decisions = []}: ImportedSource,
	files: readonly NativeFile[],
	out: string,
): string {
	const own = files.filter(({path}) => !path.startsWith('policies/'));
	const policies = files.length - own.length;
	const paths = [...own.map(({path}) => join(out, path)), ...(policies === 0 ? [] : [join(out, 'policies/')])];
	const parts = [
		plural(topology.workloads.length, 'workload'),
		plural(topology.dependencies.length, 'dependency', 'dependencies'),
		stack.length === 0 ? 'no policy' : plural(stack.length, 'policy', 'policies'),
	];
	const lines = [
		...paths.map(path => `  ${path}`),
		'',
		`${parts.join(', ')}${policies > 0 ? ` in ${plural(policies, 'file')}` : ''}`,
		...(own.some(({path}) => path === 'first.policy.yaml')
			? ['first.policy.yaml is the least that allows the dependencies']
			: []),
		...(policies === 0 && topology.dependencies.length === 0
			? ['no dependency is known, so that there is no first candidate: write needs into the topology']
			: []),
		...(topology.workloads.some(({services}) => services.length > 0)
			? []
			: ['nothing is known to listen, so that nothing can be reached: write services into the topology']),
		...(decisions.length === 0 ? [] : [`${plural(decisions.length, 'thing')} to decide, in ${decisionFile}`]),
	];
	return lines.map(line => `${line}\n`).join('');
}

/** For editors, as the files of `init` have it. */
const schemaLine = (file: string, schemas: string): string => {
	const kind = /\.(topology|policy|scenario)\.yaml$/.exec(file)?.[1] ?? 'rehearsal';
	return `# yaml-language-server: $schema=${relative(join(file, '..'), join(schemas, `${kind}.schema.json`))}\n`;
};
