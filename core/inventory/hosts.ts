// Rows of one host as one, and every address at one host: the first row wins, and what the others said is told.
import type {Problem} from '../model/problem.ts';
import {decide} from './decision.ts';
import type {Host} from './rows.ts';

export interface Hosts {
	readonly hosts: readonly Host[];
	readonly decisions: readonly Problem[];
}

/** Two rows are of one host where they have its name, and no two environments. */
export function mergeHosts(file: string, rows: readonly Host[]): Hosts {
	const decisions: Problem[] = [];
	const hosts = [...Map.groupBy(rows, ({name}) => name.toLowerCase()).values()].flatMap(group => {
		const environments = [...new Set(group.flatMap(({labels}) => labels.env ?? []))];
		const [home] = environments;
		return [...Map.groupBy(group, ({labels}) => labels.env ?? home).values()].map(same => {
			decisions.push(...duplicateDecisions(file, same));
			return same.length === 1 ? same[0]! : joined(same);
		});
	});
	const owners = new Map<string, Host>();
	const settled = hosts.map(host => {
		const addresses = host.addresses.filter(address => {
			const owner = owners.get(address);
			if (owner === undefined) return owners.set(address, host) !== undefined;
			decisions.push(
				...decide(
					file,
					[host.line],
					`${address} of ${host.name} is also the address of ${owner.name} (line ${owner.line}): its flows are taken as those of ${owner.name}`,
					'give each its own, or take one of the rows out',
				),
			);
			return false;
		});
		return {...host, addresses};
	});
	const silent = settled.filter(({addresses}) => addresses.length === 0).map(({line}) => line);
	decisions.push(
		...decide(file, silent, 'no address: only flows that use the name are its own', 'fill in the address'),
	);
	return {hosts: settled, decisions};
}

const joined = (same: readonly Host[]): Host => ({
	...same[0]!,
	addresses: [...new Set(same.flatMap(({addresses}) => addresses))],
	labels: Object.assign({}, ...same.map(({labels}) => labels).reverse()) as Host['labels'],
});

function duplicateDecisions(file: string, [first, ...others]: readonly Host[]): readonly Problem[] {
	return others.flatMap(other => {
		const differs = Object.keys({...first!.labels, ...other.labels}).filter(
			key =>
				Object.hasOwn(first!.labels, key) &&
				Object.hasOwn(other.labels, key) &&
				first!.labels[key] !== other.labels[key],
		);
		const kept = differs.map(key => `${key} ${first!.labels[key]} and not ${other.labels[key]}`).join(', ');
		return decide(
			file,
			[other.line],
			`${other.name} stands in line ${first!.line} too: taken as one, with the addresses of both${kept === '' ? '' : `; ${kept}`}`,
			'take one of the rows out, or give them two names',
		);
	});
}
