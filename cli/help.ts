// The overview that `firebreak --help` prints. It loads nothing, so that it is there at once.
import {commands} from './commands.ts';
import {exitCodeMeanings} from './exit-code.ts';

const examples: readonly (readonly [string, string])[] = [
	['rehearse .', 'the rehearsal.yaml of this folder'],
	['rehearse shop --candidate segmented --seed 7', 'one candidate, and the same run each time'],
	['rehearse manifests/ --scenario ransomware --foothold frontend', 'a folder of Kubernetes manifests as it is'],
	['rehearse shop --format json > report.json', 'for programs; progress stays on the terminal'],
	['rehearse shop --model-only', 'where no lab can run: nothing is measured'],
];

/** Two columns, the second aligned. */
function table(rows: readonly (readonly [string, string])[]): string {
	const width = Math.max(...rows.map(([left]) => left.length));
	return rows.map(([left, right]) => `  ${left.padEnd(width)}   ${right}`).join('\n');
}

/** The whole overview, ending in a newline. */
export const helpText = (): string => `Firebreak rehearses a microsegmentation policy before you roll it out.
It boots a copy of your workloads on this machine, puts the policy in force with real nftables, lets an attacker
loose in it with real packets, and says what got contained and what broke. Nothing leaves the lab or outlives it.

Start here
${table([
	['firebreak rehearse shop', 'a ready example: two attackers, no policy and three, side by side'],
	['firebreak init my-prod', 'a small rehearsal of your own, to change until it is yours'],
])}

Commands
${table(commands.map(({name, takes, summary}) => [`${name} ${takes}`.trimEnd(), summary]))}

Examples
${table(examples.map(([words, meaning]) => [`firebreak ${words}`, meaning]))}

Exit codes
${table(exitCodeMeanings.map(([code, meaning]) => [String(code).padStart(3), meaning]))}

Each command has its own help: firebreak rehearse --help
`;
