// What a benchmark says: one line of ndjson a figure.
import {cpus, loadavg, release} from 'node:os';
import {systemPrograms, tryProgram} from '../../cli/doctor/system-programs.js';

export interface Figure {
	readonly bench: string;
	/** What somebody would ask, in one sentence. */
	readonly question: string;
	readonly unit: string;
	/** Null: it could not be measured here, and `reason` says why. */
	readonly value: number | null;
	/** To what it was compared in the same run. */
	readonly ratio?: {readonly to: string; readonly value: number};
	/** The bound that the figure, or the ratio where there is one, must keep. */
	readonly limit: {readonly most: number} | {readonly least: number} | null;
	readonly reason?: string;
	/** Whatever else helps to read it. */
	readonly also?: Readonly<Record<string, unknown>>;
}

const nft = systemPrograms.find(program => program.name === 'nft');
const machine = {
	machine: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`,
	kernel: release(),
	nft: nft === undefined ? null : (tryProgram(nft)?.version ?? null),
	node: process.versions.node,
	user: process.getuid?.() === 0 ? 'root' : 'ordinary',
};

/** Prints the figure with all that it depends on; a bound that is not kept makes this process end with 1. */
export function tell({ratio, limit, reason, also, value, ...asked}: Figure): void {
	const judged = ratio?.value ?? value;
	const held =
		limit === null || judged === null ? null : 'most' in limit ? judged <= limit.most : judged >= limit.least;
	const load = loadavg().map(round)[0];
	const line = {
		...asked,
		value: value === null ? null : round(value),
		ratio: ratio === undefined ? null : {...ratio, value: round(ratio.value)},
		limit,
		held,
		...(reason === undefined ? {} : {reason}),
		...also,
		...machine,
		load,
		date: new Date().toISOString(),
	};
	process.stdout.write(`${JSON.stringify(line)}\n`);
	if (held === false) process.exitCode = 1;
}

/** A figure that this machine cannot give. */
export const skip = (figure: Omit<Figure, 'value' | 'reason'>, reason: string): void =>
	tell({...figure, value: null, reason});

export const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1]!;

const round = (value: number): number => Number(value.toPrecision(4));
