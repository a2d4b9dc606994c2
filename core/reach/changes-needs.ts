// What a change breaks and mends of what the business needs.
import {dependencyText} from '../measure/dependency-text.ts';
import type {RuleRef} from '../model/policy.ts';
import type {Dependency, Family, Topology} from '../model/topology.ts';
import type {SharedClass} from './changes-classes.ts';
import type {Row} from './changes-parts.ts';
import {hasPort} from './port-set.ts';

/** `absent`: not needed there; `dangling`: its far end is not there. */
export type NeedState = 'allowed' | 'denied' | 'dangling' | 'absent';

export interface NeedChange {
	/** `worker.prod -> queue.prod:5672/tcp`. */
	readonly dependency: string;
	readonly vital: boolean;
	readonly assumed: boolean;
	readonly was: NeedState;
	readonly now: NeedState;
	/** That denies it on the side where it is denied; null where none does. */
	readonly rule: RuleRef | null;
}

export interface NeedChanges {
	/** Denied or dangling now, and not before. */
	readonly broken: readonly NeedChange[];
	/** Allowed now, and denied or dangling before. */
	readonly mended: readonly NeedChange[];
	/** Dependencies of the later side. */
	readonly known: number;
}

type Rows = Readonly<Record<Family, Row | null>>;

export interface NeedWatch {
	/** The rows of a source on both sides. */
	look(source: number, before: Rows, after: Rows): void;
	/** After the last source. */
	changes(): NeedChanges;
}

/** A dependency is denied where any flow of it is: all replica pairs, in the families that both ends have. */
export function watchNeeds(before: Topology, after: Topology, classes: readonly SharedClass[]): NeedWatch {
	const numbers = new Map(classes.flatMap(({index, members}) => members.map(({name}) => [name, index] as const)));
	const sides = [before, after].map(topology => needSide(topology, numbers, classes)) as [NeedSide, NeedSide];
	return {
		look(source, was, is) {
			sides[0].look(source, was);
			sides[1].look(source, is);
		},
		changes() {
			const earlier = new Map(before.dependencies.map(need => [keyOf(need), need]));
			const all = after.dependencies.map((need): NeedChange => {
				const old = earlier.get(keyOf(need));
				const [then, now] = [old === undefined ? absent : sides[0].found(old), sides[1].found(need)];
				return {
					dependency: dependencyText(need),
					vital: need.vital,
					assumed: need.source === 'assumed',
					was: then.state,
					now: now.state,
					rule: now.rule ?? then.rule,
				};
			});
			const fails = (state: NeedState): boolean => state === 'denied' || state === 'dangling';
			return {
				broken: all.filter(one => fails(one.now) && !fails(one.was)),
				mended: all.filter(one => one.now === 'allowed' && fails(one.was)),
				known: all.length,
			};
		},
	};
}

const keyOf = ({from, to, protocol, port}: Dependency): string => `${from} ${to} ${port}/${protocol}`;

interface Found {
	readonly state: NeedState;
	readonly rule: RuleRef | null;
}

const absent: Found = {state: 'absent', rule: null};

interface NeedSide {
	look(source: number, rows: Rows): void;
	found(need: Dependency): Found;
}

function needSide(
	{workloads, dependencies}: Topology,
	numbers: ReadonlyMap<string, number>,
	classes: readonly SharedClass[],
): NeedSide {
	const ofKind = new Map<string, Set<number>>();
	for (const {kind, name} of workloads) {
		const own = ofKind.get(kind) ?? new Set();
		ofKind.set(kind, own.add(numbers.get(name)!));
	}
	const bySource = new Map<number, {readonly need: Dependency; readonly destination: number}[]>();
	for (const need of dependencies.filter(({dangling}) => !dangling))
		for (const source of ofKind.get(need.from) ?? [])
			for (const destination of ofKind.get(need.to) ?? []) {
				if (source === destination && classes[source]!.members.length === 1) continue;
				const all = bySource.get(source) ?? [];
				bySource.set(source, all);
				all.push({need, destination});
			}
	const denied = new Map<Dependency, Found>();
	return {
		look(source, rows) {
			for (const {need, destination} of bySource.get(source) ?? [])
				for (const row of [rows[4], rows[6]]) {
					const found = row === null || denied.has(need) ? null : denial(row, destination, need);
					if (found !== null) denied.set(need, found);
				}
		},
		found: need =>
			need.dangling ? {state: 'dangling', rule: null} : (denied.get(need) ?? {state: 'allowed', rule: null}),
	};
}

/** Null where it is allowed, or the destination has no such family. */
function denial({labels, decisions}: Row, destination: number, {protocol, port}: Dependency): Found | null {
	const decision = labels[destination] === 0 ? undefined : decisions[labels[destination]! - 1];
	if (decision === undefined || hasPort(decision.open, protocol, port)) return null;
	const deciders = [...(decision.egress ?? []), ...(decision.ingress ?? [])];
	const denying = deciders.find(({action, decides}) => action === 'deny' && hasPort(decides, protocol, port));
	return {state: 'denied', rule: denying?.rule ?? null};
}
