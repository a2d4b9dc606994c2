// Probes of a lab: what the model says, what the kernel logged, what the far end saw.

import type {InForce} from '../../core/contracts/in-force.ts';
import {renderFlow} from '../../core/model/flow.ts';
import type {RuleRef} from '../../core/model/policy.ts';
import type {LabProbe} from '../../rehearsals/probe-lab.ts';
import {safe} from '../report/json.ts';
import {count, oneLine, type Page, plural, wrap} from '../report/lines.ts';
import {columnLines, type Word} from './columns.ts';

/** Up to so many are listed one by one without being asked for. */
const fewest = 40;

const farEnds = {open: 'accepted', closed: 'arrived', none: 'nothing'} as const;

/** Ends in a newline. */
export function probesText(
	lab: string,
	{name, observed}: InForce,
	probes: readonly LabProbe[],
	{all, page}: {readonly all: boolean; readonly page: Page},
): string {
	const head = `${lab} under ${oneLine(name)}${observed ? ' (observing)' : ''}: ${plural(probes.length, 'flow')}, ${countsText(probes)}`;
	const bad = probes.filter(({differs, evidence}) => differs !== null || evidence.outcome.kind === 'inconclusive');
	const listed = all || probes.length <= fewest ? probes : bad;
	const rows = listed.map(rowOf);
	const table = rows.length === 0 ? [] : ['', ...columnLines(['flow', 'model', 'kernel', 'far end'], rows, page)];
	const differing = bad.filter(({differs}) => differs !== null).length;
	const end =
		bad.length === 0
			? page.paint('good', '  model, kernel and far end agree on each')
			: page.paint('bad', `  ${count(differing)} differ, ${count(bad.length - differing)} inconclusive`);
	return `${[...wrap(head, page.width), ...table, '', end].join('\n')}\n`;
}

function countsText(probes: readonly LabProbe[]): string {
	const of = (kind: string): number => probes.filter(({evidence}) => evidence.outcome.kind === kind).length;
	const parts = [
		`${count(of('open'))} open`,
		`${count(of('denied'))} denied`,
		...(of('closed') > 0 ? [`${count(of('closed'))} closed`] : []),
		...(of('inconclusive') > 0 ? [`${count(of('inconclusive'))} inconclusive`] : []),
	];
	return parts.join(', ');
}

function rowOf({evidence, verdict, differs, kernelRule}: LabProbe): readonly Word[] {
	const {flow, outcome, arrival, logs} = evidence;
	const style = differs !== null ? 'bad' : outcome.kind === 'inconclusive' ? 'warn' : 'plain';
	const denied = logs.some(({decision}) => decision === 'deny');
	const rule = kernelRule?.id === verdict.rule.id && kernelRule.id !== 'none' ? 'by that' : ruleText(kernelRule);
	const word =
		differs !== null ? oneLine(differs.kernel) : logs.length === 0 ? 'no log' : `${denied ? 'deny' : 'allow'} ${rule}`;
	const would = verdict.asIf.action === verdict.action ? '' : `, would ${verdict.asIf.action}`;
	return [
		{text: oneLine(renderFlow(flow)), style},
		{text: `${verdict.action} ${ruleText(verdict.rule)}${would}`},
		{text: word},
		{
			text: `${farEnds[arrival]}${outcome.kind === 'inconclusive' ? ` · inconclusive: ${oneLine(outcome.reason)}` : ''}${differs === null ? '' : ' · DIFFERS'}`,
			style,
		},
	];
}

const ruleText = (rule: RuleRef | null): string =>
	rule === null ? '' : rule.id === 'none' ? '(no rule)' : `"${oneLine(rule.name)}"`;

/** One object, schema `firebreak/probes/v1`; ends in a newline. */
export const probesJson = (lab: string, {name, observed}: InForce, probes: readonly LabProbe[]): string =>
	`${safe(
		JSON.stringify(
			{
				schema: 'firebreak/probes/v1',
				lab,
				inForce: name,
				observed,
				checked: probes.length,
				mismatches: probes.filter(({differs}) => differs !== null).length,
				inconclusive: probes.filter(({evidence}) => evidence.outcome.kind === 'inconclusive').length,
				probes: probes.map(({evidence, verdict, differs}) => ({
					flow: renderFlow(evidence.flow),
					from: evidence.flow.source,
					to: evidence.flow.destination,
					family: evidence.flow.family,
					protocol: evidence.flow.protocol,
					port: evidence.flow.port,
					model: {action: verdict.action, rule: verdict.rule, asIf: verdict.asIf.action},
					kernel: evidence.logs,
					farEnd: evidence.arrival,
					outcome: evidence.outcome,
					agrees: differs === null && evidence.outcome.kind !== 'inconclusive',
					micros: Math.round(evidence.micros),
				})),
			},
			null,
			'\t',
		),
	)}\n`;
