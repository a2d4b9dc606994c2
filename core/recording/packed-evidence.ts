// Many verdicts in few characters: what is the same in all of them stands once, and each flow is five numbers. A rehearsal
// has tens of thousands.
import type {Evidence} from '../contracts/evidence.ts';
import type {Flow} from '../model/flow.ts';

export interface PackedEvidence {
	/** Address, and the workload that owns it. */
	readonly ends: readonly (readonly [address: string, workload: string | null])[];
	readonly calls: readonly (readonly [family: Flow['family'], protocol: Flow['protocol'], port: number])[];
	readonly findings: readonly Pick<Evidence, 'arrival' | 'logs' | 'outcome'>[];
	/** Of each flow: numbers of its source, destination, call and finding, and the microseconds that it took. */
	readonly flows: readonly number[];
}

const numbersOfFlow = 5;

export function pack(list: readonly Evidence[]): PackedEvidence {
	const ends = numbered<PackedEvidence['ends'][number]>();
	const calls = numbered<PackedEvidence['calls'][number]>();
	const findings = numbered<PackedEvidence['findings'][number]>();
	const flows = list.flatMap(({flow, arrival, logs, outcome, micros}) => {
		const {source, destination, family, protocol, port} = flow;
		return [
			ends.of(`${source.address} ${source.workload}`, () => [source.address, source.workload]),
			ends.of(`${destination.address} ${destination.workload}`, () => [destination.address, destination.workload]),
			calls.of(`${family}${protocol}${port}`, () => [family, protocol, port]),
			findings.of(JSON.stringify([arrival, logs, outcome]), () => ({arrival, logs, outcome})),
			Math.round(micros),
		];
	});
	return {ends: ends.list, calls: calls.list, findings: findings.list, flows};
}

/** Null where a number stands for nothing. */
export function unpack({ends, calls, findings, flows}: PackedEvidence): readonly Evidence[] | null {
	if (flows.length % numbersOfFlow !== 0) return null;
	const known = ends.map(([address, workload]) => ({workload, address}));
	const list: Evidence[] = [];
	for (let at = 0; at < flows.length; at += numbersOfFlow) {
		const [source, destination] = [known[flows[at]!], known[flows[at + 1]!]];
		const [call, finding] = [calls[flows[at + 2]!], findings[flows[at + 3]!]];
		if (source === undefined || destination === undefined || call === undefined || finding === undefined) return null;
		const [family, protocol, port] = call;
		list.push({flow: {source, destination, family, protocol, port}, ...finding, micros: flows[at + 4]!});
	}
	return list;
}

/** A list in which nothing stands twice, by keys. */
function numbered<T>(): {of(key: string, make: () => T): number; readonly list: readonly T[]} {
	const numbers = new Map<string, number>();
	const list: T[] = [];
	return {
		list,
		of(key, make) {
			let number = numbers.get(key);
			if (number === undefined) {
				number = list.push(make()) - 1;
				numbers.set(key, number);
			}
			return number;
		},
	};
}
