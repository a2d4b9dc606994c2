// `npm run corpora [-- WORD]`: every file of other people's that is beside the checkout (or whose name holds WORD), up on this
// machine, and probed. A line each, and at last what is wrong. Exit 1 where something is, 3 where no lab can be.
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {whyNoPackets} from '../builders/unshared.ts';
import {namedSources} from './cases.ts';
import {type CameUp, comeUp} from './come-up.ts';

const [word = ''] = process.argv.slice(2);
const reason = whyNoPackets();
const cases = namedSources().filter(({name}) => name.includes(word));
if (reason !== null || cases.length === 0) {
	process.stderr.write(`${reason ?? 'shared/corpora is not beside the checkout, or holds nothing of that name'}\n`);
	process.exit(3);
}
const folder = mkdtempSync(path.join(tmpdir(), 'firebreak-corpora-'));
process.env.XDG_RUNTIME_DIR = folder;
const up: CameUp[] = [];
const refused: string[] = [];
const wrong: string[] = [];
const sum = (of: (one: CameUp) => number): number => up.reduce((total, one) => total + of(one), 0);
try {
	for (const [at, {name, source}] of cases.entries()) {
		const outcome = await comeUp(source, `corpus-${at}`).catch((error: unknown) => String(error));
		if (typeof outcome === 'string') {
			wrong.push(`${name}: ${outcome}`);
			process.stdout.write(`FAILED  ${name}: ${outcome}\n`);
		} else if (outcome.kind === 'refused') {
			refused.push(name);
			if (outcome.places.some(({line}) => line < 1)) wrong.push(`${name}: refused without a place`);
			process.stdout.write(`refused ${name}: ${outcome.problems[0]}\n`);
		} else {
			up.push(outcome);
			wrong.push(...wrongOf(outcome).map(text => `${name}: ${text}`));
			const {workloads, answering, upMs, candidate, flows, dependencies, untestable} = outcome;
			const breaks = outcome.broken.length === 0 ? '' : `, ${outcome.broken.length} broken`;
			const untested = untestable.length === 0 ? '' : `, ${untestable.length} untestable`;
			process.stdout.write(
				`up      ${name}: ${workloads} workloads, ${answering} answered, ${(upMs / 1000).toFixed(2)} s, ${flows} flows under flat and ${candidate}, ${dependencies} dependencies${untested}${breaks}\n`,
			);
		}
	}
} finally {
	rmSync(folder, {recursive: true});
}

/** What a policy that stands there breaks is a finding; the least policy breaks nothing. */
function wrongOf({differences, inconclusive, broken, candidate}: CameUp): readonly string[] {
	const text = (what: string, all: readonly string[]): readonly string[] =>
		all.length === 0 ? [] : [`${all.length} ${what}, such as ${all[0]}`];
	return [
		...text('differences between model, kernel and far end', differences),
		...text('flows inconclusive', inconclusive),
		...(candidate === 'first' ? text('dependencies broken', broken) : []),
	];
}

process.stdout.write(
	`\n${up.length} up, ${refused.length} refused: ${sum(one => one.workloads)} workloads, ${sum(one => one.answering)} ports answered, ${sum(one => one.flows)} flows, ${sum(one => one.dependencies)} dependencies\n${wrong.length} wrong\n${wrong.map(text => `  ${text}\n`).join('')}`,
);
process.exit(wrong.length > 0 ? 1 : 0);
