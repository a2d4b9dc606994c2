// `flows` and `accepted` of a rehearsal: single flows, as all pairs of addresses between the two kinds.
import type {Flow} from '../model/flow.ts';
import type {Accepted, FlowTest} from '../model/rehearsal.ts';
import type {RehearsalReading} from './expectations.ts';
import {parseFlowText} from './flow-text.ts';
import {didYouMean} from './nearest.ts';
import {plainWord} from './plain-word.ts';
import {type Path, report} from './reading.ts';
import type {RehearsalInput} from './rehearsal-schema.ts';

/** One test for each candidate that a flow names, or one for all of them. */
export function readFlowTests(reading: RehearsalReading, input: RehearsalInput['flows']): readonly FlowTest[] {
	return input.flatMap(({allow, deny, candidate}, index) => {
		const path = ['flows', index];
		const text = allow ?? deny;
		if (text === undefined || (allow !== undefined && deny !== undefined)) {
			const what = text === undefined ? 'a flow lacks allow or deny' : 'a flow says both allow and deny';
			report(reading, {path}, {what, mend: 'write allow: or deny: and the flow'});
			return [];
		}
		const action = allow === undefined ? 'deny' : 'allow';
		const flows = readFlow(reading, text, [...path, action]);
		const where = reading.document.place([...path, action], 'key');
		return readCandidates(reading, candidate, [...path, 'candidate']).map(
			(one): FlowTest => ({action, candidate: one, flows, text: plainArrow(text), where}),
		);
	});
}

/** What is known and agreed, with its flows. */
export const readAccepted = (reading: RehearsalReading, input: RehearsalInput['accepted']): readonly Accepted[] =>
	input.map(({flow, because, until}, index) => ({
		flows: readFlow(reading, flow, ['accepted', index, 'flow']),
		text: plainArrow(flow),
		because,
		until: until ?? null,
		where: reading.document.place(['accepted', index]),
	}));

function readFlow(reading: RehearsalReading, text: string, path: Path): readonly Flow[] {
	if (reading.known === null) return [];
	const parsed = parseFlowText(text, reading.known);
	if (parsed.kind === 'ok') return parsed.flows;
	report(reading, {path}, parsed);
	return [];
}

function readCandidates(reading: RehearsalReading, name: string | undefined, path: Path): readonly (string | null)[] {
	if (name === undefined) return [null];
	const found = reading.candidates.get(name);
	if (found !== undefined) return found;
	const mend = didYouMean(name, reading.candidates.keys());
	report(reading, {path}, {what: `there is no candidate ${plainWord(name)}`, mend});
	return [];
}

/** The text with the arrow that files have. */
const plainArrow = (text: string): string => text.trim().replace(/\s*(?:->|→|▸)\s*/, ' -> ');
