// A log of flows, whichever of the known formats it has.
import type {Parsed} from '../model/problem.ts';
import {isAntreaLog, parseAntreaFlows} from './antrea-flows.ts';
import {parseCsvFlows} from './csv-flows.ts';
import {parseHubbleFlows} from './hubble-flows.ts';
import type {FlowLog} from './seen-flow.ts';
import {isVpcLine, parseVpcFlows} from './vpc-flows.ts';

/** By its beginning: JSON is Antrea's or Hubble's, the fields or a record of a VPC flow log are that, all else is CSV. */
export function parseFlowLog(file: string, text: string, said: readonly string[] = []): Parsed<FlowLog> {
	const first = /^\ufeff?\s*(.*)/.exec(text)?.[1] ?? '';
	if (isAntreaLog(text)) return parseAntreaFlows(file, text);
	if (first.startsWith('{')) return parseHubbleFlows(file, text);
	return isVpcLine(first) ? parseVpcFlows(file, text) : parseCsvFlows(file, text, said);
}
