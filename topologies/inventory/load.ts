// Inventories and flow logs from disk; what they mean is `core/inventory/` and `core/learn/`.
import {readFile, stat} from 'node:fs/promises';
import {type Inventory, parseInventory} from '../../core/inventory/inventory.ts';
import {flowHeadings} from '../../core/inventory/known-headings.ts';
import {isAntreaLog} from '../../core/learn/antrea-flows.ts';
import {parseFlowLog} from '../../core/learn/flow-log.ts';
import {isGadgetLog, parseGadgetEvents} from '../../core/learn/gadget-flows.ts';
import {logNeeds, type PodNeeds} from '../../core/learn/log-needs.ts';
import type {FlowLog} from '../../core/learn/seen-flow.ts';
import type {Parsed, Problem} from '../../core/model/problem.ts';

/** Files that are read whole, in bytes: some millions of records. */
const largestFile = 400_000_000;

/**
 * The topology of an inventory, with a warning for everything that is to be decided.
 *
 * @param source - a CSV file; or its text, where it came from standard input
 * @param columns - `name=Hostname`; those of flows are passed by
 */
export async function loadInventory(
	source: {readonly path: string} | {readonly text: string},
	columns: readonly string[],
): Promise<Parsed<Inventory>> {
	const read = 'text' in source ? {file: 'stdin', text: source.text} : await readText(source.path);
	if (isProblem(read)) return {kind: 'wrong', problems: [read]};
	return parseInventory(read, {name: 'inventory', said: columns.filter(word => !isOfFlows(word))});
}

/** Whether `port=Dst Port` is about flow logs. */
export const isOfFlows = (word: string): boolean => Object.hasOwn(flowHeadings, word.split('=')[0]!.trim());

/** Flow logs of any known format, or the problems of all of them; columns of inventories are passed by. */
export async function readFlowLogs(
	paths: readonly string[],
	columns: readonly string[] = [],
): Promise<Parsed<readonly FlowLog[]>> {
	const said = columns.filter(isOfFlows);
	const problems: Problem[] = [];
	const logs: FlowLog[] = [];
	for (const path of paths) {
		const read = await readText(path);
		const parsed = isProblem(read) ? undefined : parseFlowLog(read.file, read.text, said);
		if (isProblem(read)) problems.push(read);
		else if (parsed?.kind === 'wrong') problems.push(...parsed.problems);
		else if (parsed?.kind === 'ok') logs.push(parsed.value);
	}
	return problems.length > 0 ? {kind: 'wrong', problems} : {kind: 'ok', value: logs, warnings: []};
}

export interface ReadPodNeeds extends PodNeeds {
	/** The directions that the tool which wrote the logs would isolate: Theia, for Antrea’s, only where it saw something. */
	readonly isolate: 'both' | 'seen';
}

/** What logs say of pods by their labels, events of Inspektor Gadget among them. */
export async function readPodNeeds(
	paths: readonly string[],
	columns: readonly string[] = [],
): Promise<Parsed<ReadPodNeeds>> {
	const problems: Problem[] = [];
	const all: PodNeeds[] = [];
	let isolate: ReadPodNeeds['isolate'] = 'seen';
	for (const path of paths) {
		const read = await readText(path);
		if (isProblem(read)) {
			problems.push(read);
			continue;
		}
		const parsed = isGadgetLog(read.text)
			? parseGadgetEvents(read.file, read.text)
			: parseFlowLog(read.file, read.text, columns.filter(isOfFlows));
		if (!isAntreaLog(read.text)) isolate = 'both';
		if (parsed.kind === 'wrong') problems.push(...parsed.problems);
		else all.push('flows' in parsed.value ? logNeeds([parsed.value]) : parsed.value);
	}
	if (problems.length > 0) return {kind: 'wrong', problems};
	const [pods, needs, decisions] = [
		all.flatMap(one => one.pods),
		all.flatMap(one => one.needs),
		all.flatMap(one => one.decisions),
	];
	return {kind: 'ok', value: {pods, needs, decisions, isolate}, warnings: []};
}

const isProblem = (read: Problem | {readonly file: string; readonly text: string}): read is Problem => 'what' in read;

async function readText(file: string): Promise<{readonly file: string; readonly text: string} | Problem> {
	const wrong = (what: string, mend: string): Problem => ({where: {file, line: 1, column: 1}, what, mend});
	try {
		const found = await stat(file);
		if (!found.isFile()) return wrong('this is no file', 'name a CSV file');
		if (found.size > largestFile) return wrong(`the file is over ${largestFile / 1e6} MB`, 'split it');
		return {file, text: textOf(await readFile(file))};
	} catch (error) {
		const {code} = error as NodeJS.ErrnoException;
		return wrong(code === 'ENOENT' ? 'there is no such file' : `cannot be read: ${code ?? 'unknown'}`, '');
	}
}

/** What spreadsheets write: UTF-8, UTF-16 with its mark, else Windows' western code page. */
function textOf(bytes: Buffer): string {
	if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
	if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
	try {
		return new TextDecoder('utf-8', {fatal: true}).decode(bytes);
	} catch {
		return new TextDecoder('windows-1252').decode(bytes);
	}
}
