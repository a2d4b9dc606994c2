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
		takes: '<kind> <source>',
		summary: 'writes Kubernetes, Compose, containerlab or CSV as a rehearsal of your own',
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
		name: 'up',
		takes: '[dir]',
		summary: 'a lab that stays: boots a topology and leaves it there, under no policy or a candidate',
		load: async () => (await import('./commands/up.ts')).up,
	},
	{
		name: 'ls',
		takes: '',
		summary: 'the labs that are up, and what is in force in each',
		load: async () => (await import('./commands/ls.ts')).ls,
	},
	{
		name: 'down',
		takes: 'LAB… | --all',
		summary: 'takes labs down',
		load: async () => (await import('./commands/down.ts')).down,
	},
	{
		name: 'status',
		takes: '',
		summary: 'one lab: policy in force, services, counters, who fell',
		load: async () => (await import('./commands/status.ts')).status,
	},
	{
		name: 'exec',
		takes: 'WORKLOAD -- CMD…',
		summary: 'runs a command in a workload',
		load: async () => (await import('./commands/exec.ts')).exec,
	},
	{
		name: 'shell',
		takes: 'WORKLOAD',
		summary: 'a shell in a workload, as its root',
		load: async () => (await import('./commands/shell.ts')).shell,
	},
	{
		name: 'apply',
		takes: 'POLICY…',
		summary: 'puts a candidate or a policy file in force on a lab; --observe, --confirm-within',
		load: async () => (await import('./commands/apply.ts')).apply,
	},
	{
		name: 'relabel',
		takes: 'WORKLOAD LABEL…',
		summary: 'gives a workload of a lab other labels: key=value, key-',
		load: async () => (await import('./commands/relabel.ts')).relabel,
	},
	{
		name: 'change',
		takes: '[dir]',
		summary: 'makes a running lab what its files say now: workloads come, go, have other labels',
		load: async () => (await import('./commands/change.ts')).change,
	},
	{
		name: 'probe',
		takes: '[flow..]',
		summary: 'tries flows on a lab: model, kernel and far end side by side',
		load: async () => (await import('./commands/probe.ts')).probe,
	},
	{
		name: 'attack',
		takes: 'SCENARIO',
		summary: 'lets an attacker loose in a lab, action by action',
		load: async () => (await import('./commands/attack.ts')).attack,
	},
	{
		name: 'watch',
		takes: '',
		summary: 'what happens in a lab, while it happens',
		load: async () => (await import('./commands/watch.ts')).watch,
	},
	{
		name: 'traffic',
		takes: '',
		summary: 'has the business of a lab talk: every dependency, as real connections',
		load: async () => (await import('./commands/traffic.ts')).traffic,
	},
	{
		name: 'flows',
		takes: '',
		summary: 'who talks to whom on a lab, and by which rule; a table, or one of four other forms',
		load: async () => (await import('./commands/flows.ts')).flows,
	},
	{
		name: 'rules',
		takes: '',
		summary: 'how often each rule in force on a lab was hit, and which never were',
		load: async () => (await import('./commands/rules.ts')).rules,
	},
	{
		name: 'learn',
		takes: '',
		summary: 'the least policy that allows what was seen, on a lab or in flow logs',
		load: async () => (await import('./commands/learn.ts')).learn,
	},
	{
		name: 'capture',
		takes: 'WORKLOAD…',
		summary: 'packets of workloads, as text or as a file for Wireshark and tcpdump',
		load: async () => (await import('./commands/capture.ts')).capture,
	},
	{
		name: 'reset',
		takes: '',
		summary: 'a lab as it came up: no policy, no conversation, nothing compromised',
		load: async () => (await import('./commands/reset.ts')).reset,
	},
	{
		name: 'logs',
		takes: '',
		summary: 'what was done to a lab, and by which client',
		load: async () => (await import('./commands/logs.ts')).logs,
	},
	{
		name: 'console',
		takes: '[source]',
		summary: 'a lab on the whole screen: the attack, the policy, what it stops and what breaks',
		load: async () => (await import('./commands/console.ts')).consoleCommand,
	},
	{
		name: 'doctor',
		takes: '',
		summary: 'tries what this machine can do, and names the mend for what it cannot',
		load: async () => (await import('./commands/doctor.ts')).doctor,
	},
];
