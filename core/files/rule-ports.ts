// What stands under `on`: numbers and protocols as they are, defined names inlined, services looked up at the destination.
import type {PortMatch, Selector} from '../model/policy.ts';
import type {Workload} from '../model/topology.ts';
import {plainWord} from './plain-word.ts';
import type {PortInput} from './policy-schema.ts';
import {parsePorts, protocolWords} from './ports.ts';
import {type Path, type Reading, report} from './reading.ts';
import {selectedWorkloads, selectsService} from './selected.ts';
import {suggest, suggestNear} from './suggest.ts';
import {serviceNames, type Vocabulary} from './vocabulary.ts';

/** The ports at `path`; `to` is whose services a name may mean, null where nobody in particular is meant. */
export function readPorts(
	reading: Reading,
	{input, to}: {readonly input: readonly PortInput[]; readonly to: Selector | null},
	path: Path,
): readonly PortMatch[] {
	return input.flatMap((port, index) => readPort(reading, {port, to}, [...path, index]));
}

function readPort(
	reading: Reading,
	{port, to}: {readonly port: PortInput; readonly to: Selector | null},
	path: Path,
): readonly PortMatch[] {
	const text = parsePorts(port);
	if (text.kind === 'ports') return [text.match];
	if (text.kind === 'wrong') {
		report(reading, {path}, text);
		return [];
	}
	const defined = reading.sets.ports(text.name);
	if (defined !== undefined) return defined;
	const wrong = unknownService(reading, text.name, to);
	if (wrong !== undefined && reading.sets.complete) report(reading, {path}, wrong);
	return [{kind: 'service', name: text.name, protocol: null}];
}

/** What to say where no destination has a service of that name; undefined where one has. */
function unknownService(reading: Reading, name: string, to: Selector | null): Said | undefined {
	const {known, sets} = reading;
	if (sets.names.ports.includes(name) || known.lost?.has(name) === true) return undefined;
	if (sets.names.selectors.includes(name))
		return {what: `${plainWord(name)} is defined as workloads, not as ports`, mend: `use it as { is: ${name} }`};
	if (to !== null && selectsService(to, name, known.topology)) return undefined;
	const there = to === null ? [] : selectedWorkloads(to, known.topology);
	// Nobody in particular, or a selector that picks nobody: then any workload's service will do.
	if (there.length === 0 && known.services.has(name)) return undefined;
	const {subject, names, mend} = describeDestination(there, known);
	const what = `${subject} service named ${plainWord(name)}`;
	const set = suggestNear(reading, name, [...sets.names.ports, ...protocolWords]);
	return {what, mend: set || (mend ?? suggest(reading, name, names))};
}

interface Said {
	readonly what: string;
	readonly mend: string;
}

/** The destination in a sentence: its name where it is one workload (of one or more environments), else what was meant. */
function describeDestination(
	there: readonly Workload[],
	{topology, services}: Vocabulary,
): {readonly subject: string; readonly names: readonly string[]; readonly mend?: string} {
	const [first] = there;
	if (first === undefined || there.length === topology.workloads.filter(({outside}) => !outside).length)
		return {subject: 'no workload has a', names: [...services]};
	const names = serviceNames(there);
	if (there.some(({base}) => base !== first.base)) return {subject: 'no workload that "to" selects has a', names};
	return {
		subject: `${first.base} has no`,
		names,
		mend: names.length === 0 ? 'it has none' : `it has ${names.join(', ')}`,
	};
}
