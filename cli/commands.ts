// Every command by name, with what the overview says of it. Loading one is left to whoever calls it.
import type {Command} from './command.ts';

export interface CommandEntry {
	readonly name: string;
	readonly takes: string;
	readonly summary: string;
	load(): Promise<Command>;
}

export const commands: readonly CommandEntry[] = [
	{
		name: 'rehearse',
		takes: '[dir]',
		summary: 'every candidate × every scenario, by packets and by model, with a report',
		load: async () => (await import('./commands/rehearse.ts')).rehearse,
	},
	{
		name: 'init',
		takes: '[dir]',
		summary: 'writes a small rehearsal that runs at once',
		load: async () => (await import('./commands/init.ts')).init,
	},
	{
		name: 'import',
		takes: 'k8s DIR --out DIR',
		summary: 'writes Kubernetes manifests as a rehearsal of your own, each flow with the verdict it had',
		load: async () => (await import('./commands/import.ts')).importCommand,
	},
	{
		name: 'check',
		takes: '[dir]',
		summary: 'names every problem of the files, then lints what the policies mean; boots nothing',
		load: async () => (await import('./commands/check.ts')).check,
	},
	{
		name: 'matrix',
		takes: '[dir]',
		summary: 'who may reach whom, by the model: a table, or one of six other forms',
		load: async () => (await import('./commands/matrix.ts')).matrix,
	},
	{
		name: 'diff',
		takes: '[a] [b]',
		summary: 'which flows open and close from A to B, by which rule: folders, candidates, revisions',
		load: async () => (await import('./commands/diff.ts')).diff,
	},
	{
		name: 'explain',
		takes: 'SRC DST PORT',
		summary: 'why a flow is allowed or denied, rule by rule, and the smallest change that flips it',
		load: async () => (await import('./commands/explain.ts')).explain,
	},
	{
		name: 'simulate',
		takes: '[dir]',
		summary: 'scenarios on the model alone, for any size: every foothold, chances, choke points',
		load: async () => (await import('./commands/simulate.ts')).simulate,
	},
	{
		name: 'doctor',
		takes: '',
		summary: 'tries what this machine can do, and names the mend for what it cannot',
		load: async () => (await import('./commands/doctor.ts')).doctor,
	},
];
