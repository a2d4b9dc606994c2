// Writes again what the README shows of the program, each block between `<!-- made:NAME -->` and `<!-- /made:NAME -->`:
// the screen of `rehearse shop` (which needs a lab), and tables and files that follow from the sources.
//
//   node scripts/screens.mjs          all of them
//   node scripts/screens.mjs NAME …   these
//
// It imports the sources, so it runs under Node 24 (node_modules/.bin/node).
import {spawnSync} from 'node:child_process';
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {argv, execPath, stderr} from 'node:process';
import {exitCodeMeanings} from '../cli/exit-code.ts';
import {findingKinds} from '../core/lint/kinds.ts';
import {formulaSets, formulas} from '../core/measure/formulas.ts';
import {measureNames} from '../core/model/measure-names.ts';
import {builtTechniques} from '../scenarios/techniques/built-techniques.ts';
import {folder} from './prepare.mjs';

const readme = join(folder, 'README.md');
const fence = (language, text) => `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;
const inCell = text => text.replaceAll('|', '\\|');
const table = (heads, rows) =>
	[heads, heads.map(() => '---'), ...rows].map(cells => `| ${cells.map(inCell).join(' | ')} |`).join('\n');

/** What the real program prints, 100 columns wide, without colour. */
function screen(...words) {
	const {
		status,
		stdout,
		stderr: said,
	} = spawnSync(execPath, ['cli/main.ts', ...words], {
		cwd: folder,
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	if (status !== 0) throw new Error(`${words.join(' ')} ended with ${status}:\n${said}`);
	return fence('', stdout);
}

const shop = () => screen('rehearse', 'shop');

/** A file as `firebreak init` writes it, without the line that names its schema. */
const starter = file =>
	fence('yaml', readFileSync(join(folder, 'cli/starter', file), 'utf8').replace(/^# yaml-language-server.*\n/, ''));

/** Every block but the screen; the same on each machine. */
export const made = {
	explain: () => screen('explain', 'web.prod', 'db.prod', '5432', '--in', 'shop', '--candidate', 'segmented'),
	findings: () =>
		table(
			['finding', 'as', 'is told when'],
			findingKinds.map(({id, severities, looksFor}) => [`\`${id}\``, severities.join(', '), looksFor]),
		),
	topology: () => starter('two-tier.topology.yaml'),
	policy: () => starter('segmented.policy.yaml'),
	scenario: () => starter('intruder.scenario.yaml'),
	rehearsal: () => starter('rehearsal.yaml'),
	'exit-codes': () =>
		table(
			['exit code', 'means'],
			exitCodeMeanings.map(([code, meaning]) => [`${code}`, meaning]),
		),
	sets: () => formulaSets.join(' '),
	measures: () =>
		table(
			['measure', 'formula', 'means'],
			formulas.map(({name, formula, means}) => [`\`${name}\``, formula, means]),
		),
	expected: () =>
		table(
			['name', 'counts', 'also as'],
			measureNames.map(({name, counts, whole, lists, byEnvironment}) => [
				`\`${name}\``,
				counts,
				[
					...(whole === null ? [] : ['a percentage']),
					...(lists === null ? [] : [`a list of ${lists}`]),
					...(byEnvironment ? ['by environment'] : []),
				].join(', '),
			]),
		),
	techniques: () =>
		table(
			['technique', 'ATT&CK', 'what goes over the wire', 'what a defender sees', 'what it leaves'],
			[...builtTechniques.values()].map(({name, attack, describes}) => [
				`\`${name}\``,
				`${attack.technique} ${attack.title}`,
				describes.wire,
				describes.seen,
				describes.cleanup ?? 'Nothing.',
			]),
		),
};

/** `text` with the block of that name replaced. Throws where it is not there exactly once. */
export function withBlock(text, name, block) {
	const [open, close] = [`<!-- made:${name} -->`, `<!-- /made:${name} -->`];
	const [before, rest, ...more] = text.split(open);
	const at = rest?.indexOf(close) ?? -1;
	if (at < 0 || more.length > 0) throw new Error(`README.md has no one block ${open} … ${close}`);
	return `${before}${open}\n${block}\n${rest.slice(at)}`;
}

if (import.meta.filename === argv[1]) {
	const all = {shop, ...made};
	const names = argv.length > 2 ? argv.slice(2) : Object.keys(all);
	let text = readFileSync(readme, 'utf8');
	for (const name of names) {
		if (!(name in all)) throw new Error(`there is no block ${name}: ${Object.keys(all).join(', ')}`);
		text = withBlock(text, name, all[name]());
	}
	writeFileSync(readme, text);
	stderr.write(`README.md: ${names.join(', ')}\n`);
}
