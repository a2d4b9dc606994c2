// What is looked at; nothing of it reaches the lab.
import {only, refused, told} from '../change.ts';
import {chosenWorkload} from '../chosen.ts';
import {askedAbout} from '../question.ts';
import {type ConsoleState, isPane, paneNames} from '../state.ts';
import {workloadsOf} from '../world/workloads-of.ts';
import type {ConsoleCommand} from './console-command.ts';
import {optional} from './console-command.ts';
import {endSlot, environmentSlot, filterSlot, paneSlot, portSlot} from './slots.ts';

/** As written, or what `x` would ask; null where a word is missing or there is nothing to ask. */
function questionOf(state: ConsoleState, [from, to, port]: readonly string[]): ConsoleState['question'] {
	if (from === undefined) return askedAbout(state);
	return to === undefined || port === undefined ? null : {from, to, port};
}

export const lookingCommands: readonly ConsoleCommand[] = [
	{
		...{name: 'pane', group: 'looking', shows: `1–${paneNames.length}`, hint: null, slots: [paneSlot]},
		keys: paneNames.map((name, at) => ({key: String(at + 1), words: [name]})),
		about: paneNames.join(', '),
		run: (state, [name = '']) =>
			isPane(name) ? only({...state, pane: name}) : refused(state, `there is no pane ${name}`),
	},
	{
		...{name: 'choose', group: 'looking', keys: [], shows: '', hint: null, slots: [endSlot('workload')]},
		about: 'what the keys are about, by its name',
		run(state, [word = '']) {
			const workload = chosenWorkload(state, word);
			return typeof workload === 'string' && !workload.startsWith(`${word} is `)
				? refused(state, workload)
				: only({...state, chosen: word, zoom: isShown(state, word) ? state.zoom : null});
		},
	},
	{
		...{name: 'explain', group: 'looking', keys: [{key: 'x'}], shows: 'x', hint: 'explain'},
		about: 'why a flow is allowed or denied: of what is chosen, or as typed',
		slots: [optional(endSlot('from')), optional(endSlot('to')), optional(portSlot)],
		run(state, words) {
			const question = questionOf(state, words);
			if (question !== null) return only({...state, question, pane: 'explain'});
			const [from, to = 'TO'] = words;
			return from === undefined
				? refused(state, 'nothing was tried yet that could be explained: explain FROM TO PORT')
				: refused(state, `more is needed: explain ${from} ${to} PORT`);
		},
		line(state, words) {
			const question = questionOf(state, words);
			if (question === null) return null;
			const {rehearsal, policy} = state.world;
			const candidate = rehearsal.candidates.some(({name}) => name === policy.name);
			return [
				...['explain', question.from, question.to, question.port, '--in', rehearsalWord(rehearsal.folder)],
				...(candidate ? ['--candidate', policy.name] : []),
			];
		},
	},
	{
		...{name: 'zoom', group: 'looking', keys: [{key: 'z'}], shows: 'z', hint: 'zoom'},
		about: 'one environment fills the map; again: all of them',
		slots: [optional(environmentSlot)],
		run(state, [word]) {
			if (word !== undefined) return only({...state, zoom: word});
			if (state.zoom !== null) return only({...state, zoom: null});
			const {topology} = state.world.rehearsal;
			const own = topology.workloads.find(({name, kind}) => name === state.chosen || kind === state.chosen);
			return own === undefined
				? refused(state, 'zoom into which environment? The arrows choose a workload')
				: only({...state, zoom: own.environment ?? ''});
		},
	},
	{
		...{name: 'follow', group: 'looking', keys: [{key: 'f'}], shows: 'f', hint: null, slots: []},
		about: 'stays at the end of the list, or at the rule that decided last',
		run: state =>
			only(told({...state, scrolls: {...state.scrolls, [state.pane]: {kind: 'follow'}}}, `${state.pane} is followed`)),
	},
	{
		...{name: 'filter', group: 'looking', keys: [{key: '/'}], shows: '/', hint: 'filter'},
		about: 'only flows for which all words hold: deny to:db env:prod',
		slots: [optional(filterSlot)],
		run: (state, [words]) =>
			words === undefined
				? only({...state, pane: 'flows', overlay: {kind: 'filter', text: state.filter}})
				: only({...state, pane: 'flows', filter: words}),
	},
];

const isShown = ({zoom, world}: ConsoleState, word: string): boolean =>
	zoom === null ||
	[...workloadsOf(world.rehearsal.topology).values()].some(
		({name, kind, environment}) => (name === word || kind === word) && (environment ?? '') === zoom,
	);

/** What the command line calls it: a ready rehearsal goes by its name, wherever Firebreak is installed. */
const rehearsalWord = (folder: string): string => /\/topologies\/catalog\/([^/]+)$/.exec(folder)?.[1] ?? folder;
