// An inventory as a company keeps it, and a week of its flows: seeded, with the usual dirt in known places.
import {type Chance, seeded} from './seeded.ts';

export interface DirtyInventory {
	readonly workloads: string;
	readonly flows: string;
	/** How often each kind of dirt was put in. */
	readonly dirt: Readonly<Record<'duplicates' | 'clashes' | 'missing' | 'malformed' | 'strangers', number>>;
	/** Hosts that are there, however often they are written. */
	readonly hosts: number;
}

const spellings = {
	prod: ['prod', 'prod', 'prod', 'Prod', 'PROD ', 'production'],
	dev: ['dev', 'dev', 'DEV', 'development'],
	test: ['test', 'test', 'Test', 'TST'],
} as const;

/** About `rows` rows: apps of web, app and db hosts in three environments. */
export function dirtyInventory(rows: number, seed = 1): DirtyInventory {
	const chance = seeded(seed);
	const lines: string[] = ['Name,IP Address,Environment,Application,Role,Location'];
	const flows: string[] = ['Source IP,Destination IP,Port,Protocol,Flows'];
	const dirt = {duplicates: 0, clashes: 0, missing: 0, malformed: 0, strangers: 0};
	const strangers = new Set<number>();
	let [hosts, app] = [0, 0];
	const write = (
		name: string,
		address: string,
		environment: keyof typeof spellings,
		label: string,
		role: string,
	): void => {
		let written: string = chance.pick(spellings[environment]);
		if (chance.often(0.02)) {
			written = chance.pick(['', 'n/a', 'TBD']);
			dirt.missing++;
		}
		let at = address;
		if (chance.often(0.02)) {
			at = address.replace(/\.\d+$/, '.999');
			dirt.malformed++;
		}
		const full = chance.often(0.7) ? `${name}.corp.example` : name;
		const line = `${full},${at},${written},${chance.often(0.2) ? label.toUpperCase() : label},${role},"FRA, hall 2"`;
		lines.push(line);
		hosts++;
		if (chance.often(0.03)) {
			lines.push(line);
			dirt.duplicates++;
		}
	};
	while (lines.length <= rows) {
		app++;
		const label = `app${app}`;
		for (const [number, environment] of (['prod', 'dev', 'test'] as const).entries()) {
			const net = `10.${number}.${app}`;
			const count = environment === 'prod' ? 2 : 1;
			for (let host = 1; host <= count; host++) {
				write(`${label}-web${host}-${environment}`, `${net}.1${host}`, environment, label, 'web');
				write(`${label}-svc${host}-${environment}`, `${net}.2${host}`, environment, label, 'svc');
			}
			write(`${label}-db-${environment}`, `${net}.31`, environment, label, 'db');
			flows.push(...flowsOf(chance, net, count));
			if (chance.often(0.1)) {
				flows.push(`172.16.${app}.9,${net}.11,8443,TCP,${chance.below(5000) + 10_000}`);
				strangers.add(app);
			}
		}
		if (chance.often(0.1)) {
			write(`${label}-clone`, `10.0.${app}.31`, 'prod', label, 'db');
			dirt.clashes++;
		}
	}
	return {
		workloads: `\ufeff${lines.join('\r\n')}\r\n`,
		flows: `${flows.join('\n')}\n`,
		dirt: {...dirt, strangers: strangers.size},
		hosts,
	};
}

function flowsOf(chance: Chance, net: string, count: number): readonly string[] {
	const flows: string[] = [];
	for (let web = 1; web <= count; web++) {
		flows.push(`203.0.113.${chance.below(200) + 1},${net}.1${web},443,TCP,${chance.below(900) + 1}`);
		for (let service = 1; service <= count; service++)
			if (web === service || chance.often(0.5)) flows.push(`${net}.1${web},${net}.2${service},8080,TCP,12`);
	}
	for (let service = 1; service <= count; service++) flows.push(`${net}.2${service},${net}.31,5432,TCP,7`);
	return flows;
}
