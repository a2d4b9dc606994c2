// Which folders may not import which (DESIGN.md "The house"), each with the reason for whoever breaks it.

export interface FloorLaw {
	/** Paths that begin so. */
	readonly from: readonly string[];
	readonly never: readonly string[];
	readonly because: string;
}

const siblings = ['topologies/', 'enforcers/', 'scenarios/', 'tui/'];
const upstairs = ['cli/', 'workshop/'];
const others = (own: string): readonly string[] => siblings.filter(folder => folder !== own);

export const floorLaws: readonly FloorLaw[] = [
	{
		from: ['core/'],
		never: ['kernel/', ...siblings, 'lab/', 'rehearsals/', ...upstairs],
		because: 'core is values and functions, and knows nobody who opens a file, a socket or a process',
	},
	{
		from: ['core/'],
		never: [
			...['node:fs', 'node:net', 'node:dgram', 'node:http', 'node:https', 'node:dns', 'node:tls', 'node:os'],
			...['node:child_process', 'node:worker_threads', 'node:process', 'node:timers'],
		],
		because: 'core opens no file, socket, process or clock: what it needs comes in as an argument',
	},
	{
		from: ['kernel/'],
		never: [...siblings, 'lab/', 'rehearsals/', ...upstairs],
		because: 'kernel is the door to Linux, and does not know what anybody wants behind it',
	},
	...['topologies/', 'enforcers/', 'scenarios/'].map(own => ({
		from: [own],
		never: [...others(own), 'lab/', 'rehearsals/', ...upstairs],
		because: 'siblings meet in the lab and nowhere else, so that each of them can be replaced',
	})),
	{
		from: ['tui/'],
		never: ['kernel/', ...others('tui/'), 'lab/', 'rehearsals/', ...upstairs],
		because: 'a view is a function of events: it draws a recording on a machine without Linux',
	},
	{
		from: ['scenarios/techniques/', 'scenarios/strategies/', 'scenarios/adversary', 'scenarios/model-attack'],
		never: ['kernel/', 'scenarios/wire/'],
		because: 'the attacker acts on a Network and knows no packets, so that the model and the lab run the same attack',
	},
	{
		from: ['lab/'],
		never: ['tui/', 'rehearsals/', ...upstairs],
		because: 'a lab runs what it is told and judges nothing; who looks on reads its events',
	},
	{
		from: ['rehearsals/'],
		never: ['tui/', ...upstairs],
		because: 'a rehearsal gives a result; commands and views show it',
	},
	{from: upstairs, never: ['kernel/'], because: 'a command asks the lab: only what owns namespaces touches the kernel'},
	{from: ['workshop/'], never: ['cli/'], because: 'a command calls the workshop, not the other way round'},
	{
		from: ['core/', 'kernel/', ...siblings, 'lab/', 'rehearsals/', ...upstairs],
		never: ['test/', 'scripts/', 'bin/'],
		because: 'what is published does not lean on what is not',
	},
];
