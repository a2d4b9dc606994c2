// The command line that does the same as an action of the console, for whoever wants to do it again without it.
import type {Action, ConsoleState} from '../state.ts';

/** The words behind `firebreak`; null where no command of its own does this. */
export function actionWords(state: ConsoleState, action: Action): readonly string[] | null {
	const {lab, rehearsal} = state.world;
	const applying = (name: string, observed: boolean): readonly string[] | null =>
		rehearsal.candidates.some(one => one.name === name)
			? ['apply', name, ...(observed ? ['--observe'] : []), '--lab', lab]
			: null;
	switch (action.kind) {
		case 'attack':
			return [
				'attack',
				action.scenario,
				'--lab',
				lab,
				...(action.foothold === null ? [] : ['--foothold', action.foothold]),
			];
		case 'apply':
			return applying(action.candidate, action.observe);
		case 'apply-files':
			return ['apply', ...action.files, '--lab', lab];
		case 'undo': {
			const before = state.earlier.at(-1);
			return before === undefined ? null : applying(before.name, before.observed);
		}
		case 'shell':
			return ['exec', action.workload, '--lab', lab, '--', 'sh'];
		case 'probe':
		case 'reset':
			return [action.kind, '--lab', lab];
		case 'pace':
		case 'stop':
		case 'edit':
		case 'quarantine':
		case 'release':
		case 'seek':
		case 'quit':
			return null;
		default:
			return action satisfies never;
	}
}

/** `firebreak attack ransomware --lab shop`, as a POSIX shell reads it; in quotes what it would take for something else. */
export const commandLine = (words: readonly string[]): string =>
	[
		'firebreak',
		...words.map(word => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)),
	].join(' ');
