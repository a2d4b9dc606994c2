// What the console shows: the world, and where whoever looks at it is looking. It changes by messages alone (`update.ts`).
import type {World} from './world/world.ts';

/** In the order of their number keys, from 1. */
export const paneNames = ['timeline', 'matrix', 'flows', 'policy', 'compare', 'explain', 'workload', 'log'] as const;
export type PaneName = (typeof paneNames)[number];

/** Where a list is looked at: at its end as it grows, or so many lines from its beginning. */
export type Scroll = {readonly kind: 'follow'} | {readonly kind: 'at'; readonly top: number};

/** What the keys belong to besides the panes. */
export type Overlay =
	| {readonly kind: 'none'}
	/** `top`: so many lines from its beginning; 0 where it is left out. */
	| {readonly kind: 'help'; readonly top?: number}
	/** `:`: a command line, with the caret behind what is typed. */
	| {readonly kind: 'palette'; readonly text: string; readonly choice: number}
	/** `/`: what the flows are filtered by. */
	| {readonly kind: 'filter'; readonly text: string}
	/** One of several things, by arrow keys. */
	| {
			readonly kind: 'choose';
			readonly what: 'scenario' | 'foothold' | 'candidate';
			readonly choice: number;
			/** The scenario, once it is chosen and the foothold is not. */
			readonly scenario: string | null;
	  }
	/** Something that is not undone by a key: `y` does it. */
	| {readonly kind: 'ask'; readonly question: string; readonly then: Action};

/** What a person makes the lab do. Each is a command line too (`action-words.ts`). */
export type Action =
	| {readonly kind: 'attack'; readonly scenario: string; readonly foothold: string | null}
	| {readonly kind: 'pace'; readonly pace: 'pause' | 'go' | 'step'; readonly speed: number}
	| {readonly kind: 'stop'}
	| {readonly kind: 'apply'; readonly candidate: string; readonly observe: boolean}
	| {readonly kind: 'undo'}
	| {readonly kind: 'edit'}
	| {readonly kind: 'quarantine' | 'release'; readonly workload: string}
	| {readonly kind: 'shell'; readonly workload: string}
	| {readonly kind: 'probe'}
	| {readonly kind: 'reset'}
	| {readonly kind: 'quit'};

/** How a recording is played; null for a live lab. */
export interface Playing {
	readonly paused: boolean;
	readonly speed: number;
	/** Of the recording, in its milliseconds. */
	readonly atMs: number;
	readonly totalMs: number;
}

export interface ConsoleState {
	readonly world: World;
	readonly size: {readonly columns: number; readonly rows: number};
	readonly pane: PaneName;
	readonly scrolls: Readonly<Partial<Record<PaneName, Scroll>>>;
	/** The workload (or kind) that the keys are about; null before one is chosen. */
	readonly chosen: string | null;
	/** Kinds that are opened into their replicas on the map. */
	readonly opened: ReadonlySet<string>;
	/** One environment that fills the map; null: all of them. */
	readonly zoom: string | null;
	/** Row and column of the matrix that is looked at. */
	readonly cell: {readonly from: number; readonly to: number};
	/** What is explained: the last denial unless somebody chose. */
	readonly question: {readonly from: string; readonly to: string; readonly port: string} | null;
	/** Words of the flows' filter: `deny to:db env:prod`. */
	readonly filter: string;
	readonly overlay: Overlay;
	/** One line on what the last key did, or why it could not; null: what to press. */
	readonly said: {readonly text: string; readonly look: 'plain' | 'good' | 'bad'} | null;
	/** An action is under way. */
	readonly busy: string | null;
	readonly attackPace: {readonly paused: boolean; readonly speed: number};
	readonly playing: Playing | null;
	/** No character beyond ASCII. */
	readonly ascii: boolean;
	/** Nothing was pressed so far: the first line says what to press. */
	readonly fresh: boolean;
}
