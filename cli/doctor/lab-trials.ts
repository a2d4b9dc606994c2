// The trials that need a lab's place: run by a program of the lab, in namespaces of its own, and turned into rows here.
import {fileURLToPath} from 'node:url';
import type {TrialLine} from '../../lab/trial.ts';
import {engineNamespaces, mendOfNamespaces, readSysctl} from './namespaces.ts';
import {runProgram} from './program.ts';
import {ok, type Row} from './row.ts';
import {installCommand, systemPrograms} from './system-programs.js';

interface Meaning {
	readonly trial: TrialLine['trial'];
	readonly name: string;
	/** The trial that this one leans on. */
	readonly after: TrialLine['trial'] | null;
	readonly off: string;
	readonly mend: () => string;
}

const nft = systemPrograms.filter(program => program.name === 'nft');
const user = process.getuid?.() === 0 ? 'root' : 'ordinary';
const kernelModules = 'sudo modprobe -a nf_tables nf_conntrack nfnetlink_log';

const meanings: readonly Meaning[] = [
	{
		trial: 'native',
		name: 'native calls',
		after: null,
		off: 'no lab',
		mend: () => 'npm install koffi (Linux with glibc, x64 or arm64)',
	},
	{
		trial: 'netlink',
		name: 'netlink',
		after: 'native',
		off: 'no lab',
		mend: () => 'npm install koffi (Linux with glibc, x64 or arm64)',
	},
	{
		trial: 'ruleset',
		name: 'libnftables.so.1',
		after: 'native',
		off: 'no policy can be put in force',
		mend: () => `${installCommand(nft, user)}; where it is installed: ${kernelModules}`,
	},
	{
		trial: 'nflog',
		name: 'NFLOG',
		after: 'ruleset',
		off: 'no denial can be proved: every one is inconclusive',
		mend: () => kernelModules,
	},
	{
		trial: 'raw',
		name: 'raw sockets',
		after: 'native',
		off: 'no ICMP probes',
		mend: () => 'run it as root, or allow CAP_NET_RAW',
	},
	{
		trial: 'nested',
		name: 'a nested one',
		after: null,
		off: "no lab: a workload's root could edit the fabric",
		mend: () => mendOfNamespaces(readSysctl),
	},
];

/** Where the trials' program lies: TypeScript in a clone, JavaScript in the package. */
const program = fileURLToPath(
	new URL(`../../lab/trial${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url),
);

/** One row a trial; all are untried where the namespaces for them cannot be made. */
export async function tryLab(rootless: boolean): Promise<readonly Row[]> {
	const words = [process.execPath, '--no-warnings', program, 'firebreak-trial', rootless ? 'rootless' : 'root'];
	const {stdout} = await runProgram('unshare', [...engineNamespaces(rootless), ...words]);
	return labRows(parseTrials(stdout));
}

/** What the trials said; one that did not get its turn, or leans on one that failed, is untried. */
export const labRows = (lines: readonly TrialLine[]): readonly Row[] =>
	meanings.map(({trial, name, after, off, mend}) => {
		const line = lines.find(candidate => candidate.trial === trial);
		if (line?.ok) return ok(name, line.detail);
		const row = {name, needed: true, off: '', mend: ''};
		if (line === undefined) return {...row, state: 'untried', found: 'not tried: no namespaces to try it in'};
		const leansOn = meanings.find(other => other.trial === after);
		if (lines.some(other => other.trial === after && !other.ok))
			return {...row, state: 'untried', found: `not tried: ${leansOn?.name} comes first`};
		return {...row, state: 'missing', found: line.detail, off, mend: mend()};
	});

const parseTrials = (stdout: string): readonly TrialLine[] =>
	stdout
		.split('\n')
		.filter(line => line.startsWith('{'))
		.map(line => JSON.parse(line) as TrialLine);
