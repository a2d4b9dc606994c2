// What the console shows: the world, and where whoever looks at it is looking. It changes by messages alone (`update.ts`).
import type {Problem} from '../../core/model/problem.ts';
import type {World, WorldPolicy} from './world/world.ts';

/** In the order of their number keys, from 1. */
export const paneNames = ['timeline', 'matrix', 'flows', 'policy', 'compare', 'explain', 'workload', 'log'] as const;
export type PaneName = (typeof paneNames)[number];

export const isPane = (word: string): word is PaneName => (paneNames as readonly string[]).includes(word);

/** Where a list is looked at: at its end as it grows, or so many lines from its beginning. */
export type Scroll = {readonly kind: 'follow'} | {readonly kind: 'at'; readonly top: number};

/** What the keys belong to besides the panes. */
export type Overlay =
	| {readonly kind: 'none'}
	/** `top`: so many lines from its beginning; 0 where it is left out. `over`: what it was asked in, and goes back to. */
	| {readonly kind: 'help'; readonly top?: number; readonly over?: Overlay}
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
	| {readonly kind: 'ask'; readonly question: string; readonly action: Action};

/** What a person makes the lab do. Each is a command line too (`action-words.ts`). */
export type Action =
	| {readonly kind: 'attack'; readonly scenario: string; readonly foothold: string | null}
	| {readonly kind: 'pace'; readonly pace: 'pause' | 'go' | 'step'; readonly speed: number}
	| {readonly kind: 'stop'}
	| {readonly kind: 'apply'; readonly candidate: string; readonly observe: boolean}
	| {readonly kind: 'undo'}
	| {readonly kind: 'edit'}
	/** What was edited goes into force: the paths of its files. */
	| {readonly kind: 'apply-files'; readonly files: readonly string[]}
	| {readonly kind: 'quarantine' | 'release'; readonly workload: string}
	| {readonly kind: 'shell'; readonly workload: string}
	| {readonly kind: 'probe'}
	| {readonly kind: 'reset'}
	/** A recording is looked at from there on, in its milliseconds. */
	| {readonly kind: 'seek'; readonly atMs: number}
	| {readonly kind: 'quit'};

/** A policy that was edited and is not in force. Files are named as rules name them (`Place.file`). */
export interface Draft {
	readonly files: readonly string[];
	/** The paths that `apply` takes. */
	readonly paths: readonly string[];
	/** Their texts after the edit. */
	readonly texts: ReadonlyMap<string, string>;
	/** Empty where it can be put in force. */
	readonly problems: readonly Problem[];
	/** What it would change between kinds: `wiki.dev -> api.dev:8080/tcp`, sorted. */
	readonly opened: readonly string[];
	readonly closed: readonly string[];
	/** Dependencies among those that it closes. */
	readonly broken: readonly string[];
}

/** How a recording is played; null for a live lab. */
export interface Playing {
	readonly paused: boolean;
	readonly speed: number;
	/** Of the recording, in its milliseconds. */
	readonly atMs: number;
	readonly totalMs: number;
	/** When each attack begins, in its milliseconds, sorted. */
	readonly runs: readonly number[];
}

/** Which of its runs is played, from 1; 0 before the first. */
export const runOf = ({runs, atMs}: Playing): number => runs.findLastIndex(startMs => startMs <= atMs) + 1;

export interface ConsoleState {
	readonly world: World;
	readonly size: {readonly columns: number; readonly rows: number};
	readonly pane: PaneName;
	/** What the arrows move: the map's choice, or the pane. */
	readonly focus: 'map' | 'pane';
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
	/** What was edited and not yet applied or dropped. */
	readonly draft: Draft | null;
	/** What was in force before, newest last: where undo goes back to, with its files as they were. */
	readonly earlier: readonly (WorldPolicy & Pick<World, 'sources'>)[];
	readonly attackPace: {readonly paused: boolean; readonly speed: number};
	readonly playing: Playing | null;
	/** No character beyond ASCII. */
	readonly ascii: boolean;
	/** Nothing was pressed so far: the first line says what to press. */
	readonly fresh: boolean;
}
