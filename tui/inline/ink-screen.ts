// The one file that knows Ink. It is heavy: whoever draws imports it when there is a terminal, and not before.
import {Box, render, Text} from 'ink';
import {createElement} from 'react';
import stringWidth from 'string-width';
import type {WidthOf} from './line.ts';

/** Lines at the cursor of a terminal, drawn again and again in their place. */
export interface InkScreen {
	readonly widthOf: WidthOf;
	/** Painted lines, in place of those before. What is too wide for the terminal is cut. */
	draw(lines: readonly string[]): void;
	/** Takes the lines away and shows the cursor; harmless twice. The process's exit does the latter too. */
	end(): void;
}

/** Takes a place on `terminal` at once; nobody else may write to it until the end. */
export function openInkScreen(terminal: NodeJS.WriteStream): InkScreen {
	const ink = render(frame([]), {
		stdout: terminal,
		stderr: terminal,
		// Whoever opens it has looked at the terminal; Ctrl-C is the command's.
		interactive: true,
		exitOnCtrlC: false,
		patchConsole: false,
		// The caller decides how often.
		maxFps: 1000,
	});
	let ended = false;
	return {
		widthOf: text => stringWidth(text),
		draw(lines) {
			if (!ended) ink.rerender(frame(lines));
		},
		end() {
			if (ended) return;
			ended = true;
			// In this order nothing is left behind: what Ink has cleared it does not draw again when it goes.
			ink.clear();
			ink.unmount();
		},
	};
}

const frame = (lines: readonly string[]) =>
	createElement(
		Box,
		{flexDirection: 'column'},
		...lines.map((line, at) => createElement(Text, {key: at, wrap: 'truncate'}, line)),
	);
