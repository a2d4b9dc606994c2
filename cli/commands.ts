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
		name: 'check',
		takes: '[dir]',
		summary: 'reads every file and names every problem; boots nothing',
		load: async () => (await import('./commands/check.ts')).check,
	},
	{
		name: 'doctor',
		takes: '',
		summary: 'tries what this machine can do, and names the mend for what it cannot',
		load: async () => (await import('./commands/doctor.ts')).doctor,
	},
];
