// What the commands of the fixture `flows-lab.ts` said, as its tests read it.
import type {MapEdge} from '../../core/flows/dependency-map.ts';

interface Told {
	readonly code: number | null;
	readonly out: string;
	readonly error: string;
}
export interface Story {
	readonly told: Readonly<Record<string, Told>>;
	readonly learned: string;
	readonly dependencies: number;
	readonly broken: number;
}

export interface FlowsTold {
	readonly edges: readonly (Omit<MapEdge, 'from' | 'to'> & {readonly from: string; readonly to: string})[];
	readonly unseen: readonly {readonly dependency: string}[];
}

/** What one of them printed as JSON. @throws with what it complained of */
export function printed<T>({told}: Story, name: string): T {
	const {out, error} = told[name]!;
	try {
		return JSON.parse(out) as T;
	} catch {
		throw new Error(`${name}: ${error}`);
	}
}

export const flowsOf = (story: Story, name: string): FlowsTold => printed(story, name);

/** How many fell to an attack beside its foothold. */
export const fallen = (story: Story, name: string): number =>
	printed<{readonly runs: readonly {readonly falls: readonly unknown[]}[]}>(story, name).runs[0]!.falls.length - 1;
