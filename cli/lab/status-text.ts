// The state of one lab for people.
import type {LabStatus} from '../../lab/staying-state.ts';
import {placedName} from '../../rehearsals/rulesets.ts';
import {count, oneLine, type Page, padEnd, plural, wrap} from '../report/lines.ts';
import {clock, duration} from './moments.ts';

const gutter = 16;

/** Ends in a newline. */
export function statusText(status: LabStatus, {width, paint}: Page, now = Date.now()): string {
	const {inForce, counters} = status;
	const line = (label: string, text: string): readonly string[] =>
		wrap(text, width, gutter, gutter).map((one, at) =>
			at === 0 ? `${paint('dim', padEnd(`  ${label}`, gutter))}${one.slice(gutter)}` : one,
		);
	const until =
		inForce.until === null
			? ''
			: `; ${oneLine(inForce.until.back)} comes back in ${duration(inForce.until.at - now)} unless: firebreak apply --confirm`;
	return `${[
		paint('title', `  ${status.lab}`) + ` · ${oneLine(status.rehearsal)}`,
		...line(
			'in force',
			`${oneLine(placedName(inForce))}${inForce.observed ? ', observing: nothing is denied' : ''}, since ${clock(inForce.since, now)} (${duration(now - inForce.since)})${until}`,
		),
		...line(
			'up since',
			`${clock(status.startedAt, now)}, ${status.runtime}, ${status.rootless ? 'rootless' : 'root'}, process ${status.pid}`,
		),
		...line('there', `${plural(status.workloads, 'workload')}, ${plural(status.services, 'service')} listening`),
		...line('now', `${status.busy ?? 'nothing'}; ${plural(status.clients, 'other client')}`),
		...line('probes', `${plural(counters.flowsProbed, 'flow')}, ${count(counters.flowsDenied)} denied`),
		...line(
			'attacks',
			`${count(counters.attacks)}, with ${plural(counters.actions, 'action')}, ${count(counters.actionsDenied)} denied`,
		),
		...line(
			'other traffic',
			`${plural(counters.commands, 'command')} run; ${plural(counters.packetsAllowed, 'packet')} allowed by a rule, ${count(counters.packetsDenied)} denied`,
		),
		...line(
			'compromised',
			status.compromised.length === 0
				? 'nobody since the last reset'
				: status.compromised
						.map(({workload, technique}) => `${oneLine(workload)}${technique === null ? ' (foothold)' : ''}`)
						.join(', '),
		),
	].join('\n')}\n`;
}
