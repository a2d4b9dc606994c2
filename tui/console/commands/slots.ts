// What may stand behind a command's name, from what there is.
import {kindsOf} from '../../../core/measure/kinds.ts';
import {paneNames} from '../state.ts';
import {workloadsOf} from '../world/workloads-of.ts';
import type {Slot} from './console-command.ts';

export const scenarioSlot: Slot = {
	name: 'scenario',
	words: ({world}) => world.rehearsal.scenarios.map(({name}) => name),
};

export const candidateSlot: Slot = {
	name: 'candidate',
	words: ({world}) => world.rehearsal.candidates.map(({name}) => name),
};

export const workloadSlot: Slot = {
	name: 'workload',
	words: ({world}) => [...workloadsOf(world.rehearsal.topology).keys()],
};

/** Kinds and their replicas, each name once. */
export const endSlot = (name: string): Slot => ({
	name,
	takes: 'free',
	words: ({world: {rehearsal}}) => {
		const {topology} = rehearsal;
		return [...new Set([...kindsOf(topology).all.keys(), ...workloadsOf(topology).keys()])];
	},
});

/** The services of the workload or kind that the word before names. */
export const portSlot: Slot = {
	name: 'port',
	takes: 'free',
	words: ({world: {rehearsal}}, before) => {
		const {topology} = rehearsal;
		const word = before.at(-1) ?? '';
		const services = (workloadsOf(topology).get(word) ?? kindsOf(topology).all.get(word))?.services ?? [];
		return services.map(({name}) => name);
	},
};

export const environmentSlot: Slot = {
	name: 'environment',
	words: ({world}) => world.rehearsal.topology.environments,
};

export const quarantinedSlot: Slot = {name: 'workload', words: ({world}) => [...world.quarantined]};

export const paneSlot: Slot = {name: 'pane', words: () => paneNames};

/** Times of the lab's own: halves and doubles. */
export const speeds: readonly number[] = [0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 16, 32];

export const speedSlot: Slot = {name: 'speed', words: () => speeds.map(String)};

export const timeSlot: Slot = {
	name: 'time',
	takes: 'free',
	words: ({playing}) => (playing === null ? [] : ['0:00', clockText(playing.totalMs / 2), clockText(playing.totalMs)]),
};

export const runSlot: Slot = {
	name: 'number',
	words: ({playing}) => (playing?.runs ?? []).map((_, at) => `${at + 1}`),
};

/** What flows can be told apart by; the last word of several. */
export const filterSlot: Slot = {
	name: 'words',
	takes: 'rest',
	words: ({world: {rehearsal}}) => {
		const {topology} = rehearsal;
		const kinds = [...kindsOf(topology).all.keys()];
		return [
			...['allow', 'deny', 'would-deny', 'would-allow', 'closed', 'inconclusive'],
			...topology.environments.map(name => `env:${name}`),
			...kinds.map(name => `from:${name}`),
			...kinds.map(name => `to:${name}`),
		];
	},
};

/** `1:30`, `1:02:03`. */
export function clockText(ms: number): string {
	const seconds = Math.max(0, Math.round(ms / 1000));
	const two = (value: number): string => String(value).padStart(2, '0');
	const minutes = Math.floor(seconds / 60);
	return minutes < 60
		? `${minutes}:${two(seconds % 60)}`
		: `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
}

/** Milliseconds of `90`, `1:30`, `1:02:03.5`; undefined for all else. */
export function clockMs(text: string): number | undefined {
	const [, hours = '0', minutes = '0', seconds] =
		/^(?:(?:(\d{1,3}):)?(\d{1,4}):)?(\d{1,6}(?:\.\d{1,3})?)$/.exec(text) ?? [];
	if (seconds === undefined) return undefined;
	return Math.round((Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000);
}
