// What a lab that just came up has, and what to type next.
import type {Candidate, Rehearsal} from '../../core/model/rehearsal.ts';
import type {Stays} from '../../rehearsals/boot-staying.ts';
import {placedName} from '../../rehearsals/rulesets.ts';
import type {RunState} from '../../tui/inline/run-state.ts';
import {slowWords} from '../../tui/inline/slow-words.ts';
import {listed, oneLine, type Page, plural, wrap} from '../report/lines.ts';

export interface Up {
	readonly lab: string;
	readonly rehearsal: Rehearsal;
	readonly candidate: Candidate;
	readonly stays: Stays;
	/** What its boot was like. */
	readonly seen: RunState;
	readonly tookMs: number;
}

/** Ends in a newline. */
export function upText({lab, rehearsal, candidate, stays, seen, tookMs}: Up, page: Page): string {
	const {topology} = rehearsal;
	const {width, paint} = page;
	const environments =
		topology.environments.length < 2 ? '' : ` in ${plural(topology.environments.length, 'environment')}`;
	const has = `${plural(topology.workloads.length, 'workload')}${environments}, ${oneLine(stays.runtime)}, ${stays.rootless ? 'rootless' : 'root'}, ${(tookMs / 1000).toFixed(2)} s`;
	const inForce =
		candidate.stack.length === 0
			? 'no policy is in force: firebreak apply NAME puts one there'
			: `${oneLine(placedName(candidate))} is in force`;
	const others = rehearsal.candidates.filter(({name}) => name !== candidate.name).map(({name}) => oneLine(name));
	const answered = `${plural(stays.answering, 'port')} answered${stays.unasked.length === 0 ? '' : `; nobody can ask ${listed(stays.unasked.map(oneLine))}`}`;
	const slow = slowWords(seen);
	const next = [
		`firebreak probe --lab ${lab}`,
		...(rehearsal.scenarios[0] === undefined
			? []
			: [`firebreak attack ${oneLine(rehearsal.scenarios[0].name)} --lab ${lab}`]),
		`firebreak exec ${oneLine(topology.workloads[0]?.name ?? 'WORKLOAD')} --lab ${lab} -- ip address`,
		...(others.at(-1) === undefined ? [] : [`firebreak apply ${others.at(-1)} --lab ${lab}`]),
		`firebreak down ${lab}`,
	];
	return `${[
		paint('title', `  ${lab} is up`),
		...wrap(has, width),
		...wrap(answered, width),
		...(slow.length === 0 ? [] : wrap(`slow: ${slow.join('; ')}`, width)),
		...wrap(inForce, width),
		'',
		...next.map((words, at) => `  ${at === 0 ? 'next' : '    '}  ${words}`),
	].join('\n')}\n`;
}
