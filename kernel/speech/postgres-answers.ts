// What the lab's postgres answers to a query. It keeps no data: a constant, its own settings, and otherwise nothing.
import {cstring, int16, int32, message} from './postgres-messages.ts';

/** One row of one column, no rows at all, or a command that gives none. `tag` as `SELECT 1`, `BEGIN`. */
export type Answer =
	| {readonly kind: 'value'; readonly column: string; readonly value: string; readonly tag: string}
	| {readonly kind: 'no-rows'; readonly tag: string}
	| {readonly kind: 'command'; readonly tag: string};

/** What the server calls itself; psql warns where the first number is far from its own. */
export const serverVersion = '16.0 (Firebreak lab)';

const textOid = 25;
const queries = ['SELECT', 'WITH', 'TABLE', 'VALUES', 'SHOW'];

const settings = (hostname: string): ReadonlyMap<string, string> =>
	new Map([
		['cluster_name', hostname],
		['server_version', serverVersion],
		['server_encoding', 'UTF8'],
		['client_encoding', 'UTF8'],
		['transaction_isolation', 'read committed'],
		['standard_conforming_strings', 'on'],
	]);

/** `select 1` gives one row, `show cluster_name` the workload's name, other queries no rows, commands their tag. Null for an empty query. */
export function answerQuery(query: string, hostname: string): Answer | null {
	const text = query.trim().replace(/[;\s]+$/, '');
	if (text === '') return null;
	const constant = /^select\s+(\d{1,18})$/i.exec(text)?.[1];
	if (constant !== undefined) return {kind: 'value', column: '?column?', value: constant, tag: 'SELECT 1'};
	const setting = /^show\s+(\w+)$/i.exec(text)?.[1]?.toLowerCase() ?? '';
	const value = settings(hostname).get(setting);
	if (value !== undefined) return {kind: 'value', column: setting, value, tag: 'SHOW'};
	const word = /^[a-z]{1,32}/i.exec(text)?.[0].toUpperCase() ?? 'SELECT';
	return queries.includes(word) ? {kind: 'no-rows', tag: 'SELECT 0'} : {kind: 'command', tag: word};
}

/** RowDescription, or NoData for a command. */
export function describeAnswer(answer: Answer): Buffer {
	if (answer.kind === 'command') return message('n');
	if (answer.kind === 'no-rows') return message('T', int16(0));
	const field = [cstring(answer.column), int32(0), int16(0), int32(textOid), int16(-1), int32(-1), int16(0)];
	return message('T', int16(1), ...field);
}

/** DataRow, where there is a row, and CommandComplete. */
export function rowsOfAnswer(answer: Answer): Buffer {
	const done = message('C', cstring(answer.tag));
	if (answer.kind !== 'value') return done;
	const bytes = Buffer.from(answer.value);
	return Buffer.concat([message('D', int16(1), int32(bytes.length), bytes), done]);
}
