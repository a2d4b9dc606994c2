// The names in an `exactly these` of a rehearsal, in the one form that measures print.
import {dependencyText} from '../measure/dependency-text.ts';
import {portText, serviceText} from '../measure/kinds.ts';
import type {MeasureName} from '../model/measure-names.ts';
import {parseFlowText} from './flow-text.ts';
import {didYouMean} from './nearest.ts';
import {plainWord} from './plain-word.ts';
import type {Vocabulary} from './vocabulary.ts';

/** Names as the measures print them, one text may mean several; or what is wrong with it. */
export type ExpectedNames =
	| {readonly kind: 'ok'; readonly names: readonly string[]}
	| {readonly kind: 'wrong'; readonly what: string; readonly mend: string};

/** What `text` names: a kind, a service (`carts:80/tcp`, `carts:http`) or a dependency. */
export function readExpectedName(
	text: string,
	lists: NonNullable<MeasureName['lists']>,
	known: Vocabulary,
): ExpectedNames {
	switch (lists) {
		case 'kinds':
			return readKind(text, known);
		case 'services':
			return readService(text, known);
		case 'dependencies':
			return readDependency(text, known);
		default:
			return lists satisfies never;
	}
}

function readKind(text: string, {workloads}: Vocabulary): ExpectedNames {
	const kinds = [...new Set((workloads.get(text) ?? []).map(({kind}) => kind))];
	const single = kinds.length === 1 && kinds[0] !== text && !isBase(text, workloads);
	if (single) return wrong(`${plainWord(text)} is one of several replicas`, `they count as one kind: ${kinds[0]}`);
	if (kinds.length > 0) return {kind: 'ok', names: kinds};
	return wrong(`there is no workload ${plainWord(text)}`, didYouMean(text, workloads.keys()));
}

const isBase = (text: string, workloads: Vocabulary['workloads']): boolean =>
	workloads.get(text)?.some(({base}) => base === text) === true;

function readService(text: string, {workloads, topology}: Vocabulary): ExpectedNames {
	const colon = text.lastIndexOf(':');
	const there = colon < 1 ? undefined : workloads.get(text.slice(0, colon));
	const port = text.slice(colon + 1);
	const meant = port.includes('/') ? port : `${port}/tcp`;
	const names = (there ?? []).flatMap(({kind, services}) =>
		services
			.filter(service => service.name === port || portText(service) === meant)
			.map(service => serviceText(kind, service)),
	);
	if (names.length > 0) return {kind: 'ok', names: [...new Set(names)]};
	const all = topology.workloads.flatMap(({kind, services}) => services.map(service => `${kind}:${service.name}`));
	return wrong(`there is no service ${plainWord(text)}`, didYouMean(text, all) || 'a service is written api.prod:http');
}

function readDependency(text: string, known: Vocabulary): ExpectedNames {
	const all = new Set(known.topology.dependencies.map(dependencyText));
	const plain = text.trim().replace(/\s*(?:->|→|▸)\s*/, ' -> ');
	if (all.has(plain)) return {kind: 'ok', names: [plain]};
	const flow = parseFlowText(text, known);
	if (flow.kind === 'wrong') return flow;
	const kinds = new Map(known.topology.workloads.map(({name, kind}) => [name, kind]));
	const meant = flow.flows.map(
		({source, destination, port, protocol}) =>
			`${kinds.get(source.workload ?? '')} -> ${kinds.get(destination.workload ?? '')}:${port}/${protocol}`,
	);
	const names = [...new Set(meant)].filter(name => all.has(name));
	if (names.length > 0) return {kind: 'ok', names};
	return wrong(`no dependency is ${plainWord(text)}`, didYouMean(plain, all));
}

const wrong = (what: string, mend: string): ExpectedNames => ({kind: 'wrong', what, mend});
