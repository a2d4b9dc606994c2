// What happens in a lab, a line an event.
import type {ActionRecord, ActionResult} from '../../core/contracts/event.ts';
import type {KernelLog} from '../../core/contracts/evidence.ts';
import type {PacketEvent, WatchEvent} from '../../core/contracts/watch-event.ts';
import {renderFlow} from '../../core/model/flow.ts';
import type {RuleRef} from '../../core/model/policy.ts';
import {oneLine, padEnd} from '../report/lines.ts';
import type {Painter, Style} from '../report/paint.ts';
import {preciseClock} from './moments.ts';

/** What `--only` knows. */
export const watchSubjects = [
	'allow',
	'deny',
	'would-deny',
	'would-allow',
	'attack',
	'policy',
	'note',
	'output',
] as const;
export type WatchSubject = (typeof watchSubjects)[number];

/** What an event is about; progress is about nothing. */
export function subjectsOf(event: WatchEvent): readonly WatchSubject[] {
	switch (event.kind) {
		case 'packet':
			return [event.log.decision];
		case 'flow-probed': {
			const {outcome, logs} = event.evidence;
			const decided: readonly WatchSubject[] =
				outcome.kind === 'denied' ? ['deny'] : outcome.kind === 'inconclusive' ? [] : ['allow'];
			const observed = logs.map(({decision}) => decision).filter(decision => decision.startsWith('would-'));
			return [...decided, ...observed];
		}
		case 'action':
			return event.record.result === 'denied' ? ['attack', 'deny'] : ['attack'];
		case 'attack-started':
		case 'attack-ended':
		case 'attack-stopped':
			return ['attack'];
		case 'policy-applied':
			return ['policy'];
		case 'note':
			return ['note'];
		case 'output':
		case 'program-ended':
			return ['output'];
		default:
			return [];
	}
}

export interface EventWords {
	/** Of the policy in force, by id. */
	readonly rules: ReadonlyMap<string, RuleRef>;
	/** Milliseconds since 1970 at which the lab's clock began. */
	readonly startedAt: number;
	readonly paint: Painter;
}

/** One line; null for what is for programs alone. */
export function eventText(event: WatchEvent, words: EventWords): string | null {
	const line = (word: string, style: Style, text: string): string =>
		`${words.paint('dim', preciseClock(words.startedAt + event.atMs))}  ${words.paint(style, padEnd(word, 11))}  ${text}`;
	switch (event.kind) {
		case 'packet': {
			const {decision} = event.log;
			return line(decision, styles[decision], `${packetText(event)}   ${byRule([event.log], words)} at ${event.site}`);
		}
		case 'flow-probed': {
			const {flow, outcome, logs} = event.evidence;
			const word = outcome.kind === 'denied' ? 'deny' : outcome.kind;
			const style = outcome.kind === 'denied' ? 'bad' : outcome.kind === 'inconclusive' ? 'warn' : 'good';
			const why = outcome.kind === 'inconclusive' ? oneLine(outcome.reason) : byRule(logs, words);
			return line(word, style, `${oneLine(renderFlow(flow))}   ${why} (probe)`);
		}
		case 'action':
			return line(event.record.result, actionStyles[event.record.result], actionText(event.record));
		case 'attack-started':
			return line('attack', 'title', `${oneLine(event.scenario)} from ${oneLine(event.foothold)}`);
		case 'attack-ended':
			return line(
				'attack',
				'title',
				`${oneLine(event.scenario)} from ${oneLine(event.foothold)} is over: ${event.ended}`,
			);
		case 'attack-stopped':
			return line('attack', 'warn', `${oneLine(event.scenario)} from ${oneLine(event.foothold)} was stopped`);
		case 'policy-applied':
			return line('policy', 'title', `${oneLine(event.candidate)} is in force (${Math.ceil(event.applyMs)} ms)`);
		case 'note':
			return line('note', 'dim', oneLine(event.text));
		case 'output':
			return line('output', 'plain', `${oneLine(event.workload)}  ${oneLine(event.text)}`);
		case 'program-ended':
			return line('output', 'warn', `${oneLine(event.workload)}  ${programEnded(event.code)}`);
		case 'missed':
			return line('missed', 'warn', `${event.events} events: they came faster than they were read`);
		default:
			return null;
	}
}

/** That a workload's own program ended, and how. */
export const programEnded = (code: number): string => `its program ended with exit code ${code}, and stays ended`;

const styles = {allow: 'good', deny: 'bad', 'would-deny': 'warn', 'would-allow': 'warn'} as const;
/** How the result of an attacker's action looks. */
export const actionStyles: Readonly<Record<ActionResult, Style>> = {
	success: 'bad',
	failure: 'plain',
	denied: 'good',
	nothing: 'dim',
	inconclusive: 'warn',
	'not-applicable': 'dim',
};

/** One action of an attacker: `T1210   web-1.dev ▸ api.dev:8080/tcp   shell`. */
export function actionText({attack, from, to, protocol, port, detail, compromised, pivot}: ActionRecord): string {
	const at = protocol === null ? '' : protocol === 'icmp' ? ':icmp' : `:${port}/${protocol}`;
	const fell = compromised === null ? '' : ` · ${oneLine(compromised)} ${pivot ? 'is a pivot now' : 'is compromised'}`;
	return `${padEnd(attack, 9)}  ${oneLine(from)} ▸ ${oneLine(to)}${at}   ${oneLine(detail)}${fell}`;
}

function packetText({source, destination, protocol, port, family}: PacketEvent): string {
	const address = family === 6 ? `[${destination.address}]` : destination.address;
	const at = protocol === 'icmp' ? 'icmp' : `${port}/${protocol}`;
	return `${source.workload ?? source.address} ▸ ${destination.workload ?? address}:${at}${family === 6 ? ' (IPv6)' : ''}`;
}

/** The rule that decided: a denial's, else the last one that allowed. */
function byRule(logs: readonly KernelLog[], {rules}: EventWords): string {
	const denial = logs.find(({decision}) => decision === 'deny') ?? logs.at(-1);
	if (denial === undefined) return 'without a log';
	const name = rules.get(denial.rule)?.name ?? denial.rule;
	return denial.rule === 'none' ? 'where no rule is in force' : `by "${oneLine(name)}"`;
}
