import type {ConsoleState} from '../state.ts';

/** The mark before whatever the arrows move, the map or the pane; a blank before the other. */
export const hereMark = ({focus, ascii}: ConsoleState, of: ConsoleState['focus']): string =>
	focus === of ? (ascii ? '>' : '▸') : ' ';
