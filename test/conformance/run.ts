// `npm run conformance -- DIR [--packets]`: every case of a corpus, by the model, and by packets where it asks for them.
import {parseArgs} from 'node:util';
import {exitCode} from '../../cli/exit-code.ts';
import {printable} from '../../cli/printable.ts';
import {FirebreakError} from '../../core/model/failure.ts';
import {conformance} from './conformance.ts';
import {openCorpus, WrongCorpus} from './corpus.ts';
import {failureLines, lastLine, tableLines} from './outcomes.ts';

const usage = 'npm run conformance -- DIR [--packets] [--source NAME] [--case NAME]';

async function run(words: readonly string[]): Promise<number> {
	const {values, positionals} = parseArgs({
		args: [...words],
		allowPositionals: true,
		options: {packets: {type: 'boolean', default: false}, source: {type: 'string'}, case: {type: 'string'}},
	});
	const [folder, ...more] = positionals;
	if (folder === undefined || more.length > 0) throw new WrongCorpus(`one folder of cases is wanted: ${usage}`);
	const corpus = openCorpus(folder);
	const asked = corpus.cases.filter(
		one =>
			(values.source === undefined || one.source === values.source) &&
			(values.case === undefined || one.case === values.case),
	);
	if (asked.length === 0) throw new WrongCorpus(`${folder} has no such case`);
	const {outcomes, notes} = await conformance(
		{...corpus, cases: asked},
		{packets: values.packets, tell: doing => console.error(printable(doing))},
	);
	for (const line of [...tableLines(outcomes), '', ...failureLines(outcomes), ...notes, lastLine(outcomes)])
		console.log(printable(line));
	return outcomes.some(({kind}) => kind === 'failed') ? exitCode.failed : exitCode.passed;
}

function codeOf(error: Error & {readonly code?: string}): number {
	if (error instanceof FirebreakError) return exitCode.cannot;
	return error instanceof WrongCorpus || error.code?.startsWith('ERR_PARSE_ARGS') ? exitCode.wrongInput : exitCode.bug;
}

process.exitCode = await run(process.argv.slice(2)).catch((error: Error) => {
	const code = codeOf(error);
	const mend = error instanceof FirebreakError ? ` (${error.mend})` : '';
	console.error(printable(code === exitCode.bug ? (error.stack ?? error.message) : error.message + mend));
	return code;
});
