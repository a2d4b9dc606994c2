import {shown, span} from '../../line.ts';
import {filled, type View} from '../view.ts';

/** What is typed on the command line. */
export const paletteView: View = ({overlay}, box) =>
	filled(overlay.kind === 'palette' ? [[span(':', 'accent'), span(shown(overlay.text))]] : [], box);
