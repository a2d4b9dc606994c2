// Worlds to attack, by chance: some policy, some weaknesses, some secrets, and ports that only a configuration tells of.
import type {Topology} from '../../core/model/topology.ts';
import {attackTopology, type HostSpec, type Passes} from './attack-world.ts';
import {seeded} from './seeded.ts';

const offered = [
	'ssh:22',
	'http:80',
	'http:8080',
	'postgres:5432',
	'redis:6379',
	'redis:16379',
	'ssh:20022',
	'dns:53/udp',
];

export interface AttackWorld {
	readonly topology: Topology;
	readonly foothold: string;
	readonly passes: Passes;
}

/** The same world for the same seed: 4 to 12 hosts in up to three segments, of whose flows a share of 0.2 to 1 pass. */
export function randomAttackWorld(seed: number): AttackWorld {
	const chance = seeded(seed);
	const names = Array.from({length: 4 + chance.below(9)}, (_, at) => `h${at}`);
	const services = new Map(names.map(name => [name, chance.some(offered, 0.35)]));
	const doors = names.flatMap(name => services.get(name)!.map(text => ({name, text})));
	const secrets = Object.fromEntries(
		['key', 'word', 'pass'].map(id => {
			const fits = doors.filter(({text}) => !text.includes('udp') && (id !== 'key' || text.startsWith('ssh')));
			const opened = chance.some(fits, 0.4).map(({name, text}) => `${name}:${text.split(':')[0]}`);
			return [id, [id === 'key' ? 'ssh-key' : 'password', ...new Set(opened)].join(' ')];
		}),
	);
	const hosts = names.map((name): [string, HostSpec] => {
		const own = new Map<string, string>();
		for (const text of services.get(name)!) {
			const speaks = text.split(':')[0]!;
			if (!own.has(speaks)) own.set(speaks, chance.often(0.25) ? `weak ${text}` : text);
		}
		const needs = chance.some(doors, 0.1).filter(door => door.name !== name);
		return [
			name,
			{
				services: [...own.values()],
				segment: chance.pick(['lan', 'far', 'ops']),
				holds: chance.some(Object.keys(secrets), 0.25),
				knows: chance.some(names, 0.15),
				needs: [...new Set(needs.map(({name: to, text}) => `${to}:${text.split(':')[1]}`))],
				families: chance.pick([[4, 6], [4, 6], [4], [6]]),
			},
		];
	});
	const share = 0.2 + 0.8 * (chance.below(100) / 100);
	const decided = new Map<string, boolean>();
	const passes: Passes = (from, to, port) => {
		const key = `${seed} ${from} ${to} ${port}`;
		const known = decided.get(key) ?? seeded(hashOf(key)).often(share);
		decided.set(key, known);
		return known;
	};
	return {topology: attackTopology(Object.fromEntries(hosts), secrets), foothold: 'h0', passes};
}

function hashOf(text: string): number {
	let hash = 0x811c9dc5;
	for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
	return hash >>> 0;
}
