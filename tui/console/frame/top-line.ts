// The words on the uppermost line: which lab, what is under way in it, and when.
import {type Line, type Look, type Span, shown, span, textOf, type WidthOf} from '../../line.ts';
import {clockText} from '../clock-text.ts';
import {type ConsoleState, runOf} from '../state.ts';
import {hereMark} from './here.ts';

/** From the left: lab, scenario, policy. From the right: run, play state, clock. In the longest form that fits. */
export function topWords(
	state: ConsoleState,
	columns: number,
	widthOf: WidthOf,
): {readonly left: Line; readonly right: Line} {
	const dash = state.ascii ? ' - ' : ' ─ ';
	const {world} = state;
	const lab = span(shown(world.lab), 'strong');
	const policy = policyWords(state);
	const scenario = world.attack === null ? [] : [span(shown(world.attack.scenario))];
	const play = playWords(state);
	const clock = [span(clockText(state.playing?.atMs ?? world.clockMs))];
	const run = runWords(state);
	const total = state.playing === null ? [] : [span(` of ${clockText(state.playing.totalMs)}`, 'dim')];
	const forms: readonly (readonly [readonly Line[], readonly Line[]])[] = [
		[
			[[lab], scenario, policy],
			[run, play, [...clock, ...total]],
		],
		[
			[[lab], scenario, policy],
			[run, play, clock],
		],
		[
			[[lab], policy],
			[run, play, clock],
		],
		[
			[[lab], policy],
			[run, clock],
		],
		[[[lab], policy], [clock]],
		[[policy], [clock]],
		[[policy], []],
	];
	const here = hereMark(state, 'map');
	const lines = forms.map(([left, right]) => ({left: joined(left, dash, here), right: joined(right, dash, ' ')}));
	const fits = lines.find(({left, right}) => widthOf(textOf(left)) + widthOf(textOf(right)) + 2 <= columns);
	return fits ?? lines.at(-1)!;
}

/** What judges packets now. */
function policyWords({world: {policy}}: ConsoleState): Line {
	const {name, observed, stack, placement} = policy;
	if (stack.length === 0) return [span(shown(name), 'strong'), span(', no policy in force')];
	const at = placement === 'host' ? '' : ` at ${placement}`;
	return [span(shown(name), 'strong'), observed ? span(` observing${at}`, 'warn') : span(` in force${at}`)];
}

/** Which of several attacks of a recording is played. */
function runWords({playing}: ConsoleState): Line {
	if (playing === null || playing.runs.length < 2) return [];
	const number = runOf(playing);
	return [span(number === 0 ? `${playing.runs.length} runs` : `run ${number} of ${playing.runs.length}`)];
}

function playWords({playing, attackPace, world: {attack}, ascii}: ConsoleState): Line {
	const {paused, speed} = playing ?? attackPace;
	const times = `${speed}${ascii ? 'x' : '×'}`;
	const word = (text: string, look: Look): Span => span(text, look);
	if (paused) return [word(`${ascii ? '||' : '‖'} ${times}`, 'warn')];
	if (playing !== null || (attack !== null && attack.ended === null))
		return [word(`${ascii ? '>' : '▶'} ${times}`, 'accent')];
	return speed === 1 ? [] : [word(times, 'dim')];
}

const joined = (parts: readonly Line[], dash: string, before: string): Line => {
	const some = parts.filter(part => part.length > 0);
	if (some.length === 0) return [];
	return [
		span(before, 'accent'),
		...some.flatMap((part, at) => (at === 0 ? part : [span(dash, 'dim'), ...part])),
		span(' '),
	];
};
