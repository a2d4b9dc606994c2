// The one file that knows Ink. It is heavy: whoever draws imports it when there is a terminal, and not before.
import {Box, type RenderOptions, render, Text} from 'ink';
import {createElement} from 'react';
import type {WidthOf} from '../line.ts';
import {rememberedWidths} from '../width-of.ts';

/** Lines at the cursor of a terminal, drawn again and again in their place. */
export interface InkScreen {
	readonly widthOf: WidthOf;
	/** Painted lines, in place of those before; frames are some milliseconds apart. What is too wide for the terminal is cut. */
	draw(lines: readonly string[]): void;
	/** Takes the lines away while `print` writes, a line that ends; the next frame is below. */
	aside(print: () => void): void;
	/** Takes the lines away and shows the cursor; harmless twice. The process's exit does the latter too. */
	end(): void;
}

/** Takes its place on `terminal` with the first frame; from there on nobody else may write to it until the end. */
export function openInkScreen(terminal: NodeJS.WriteStream): InkScreen {
	let ink: ReturnType<typeof render> | undefined;
	let ended = false;
	return {
		widthOf: rememberedWidths(),
		draw(lines) {
			if (ended) return;
			if (ink === undefined) ink = render(frame(lines), optionsFor(terminal));
			else ink.rerender(frame(lines));
		},
		aside(print) {
			if (!ended) ink?.clear();
			print();
		},
		end() {
			if (ended) return;
			ended = true;
			// In this order nothing is left behind: what Ink has cleared it does not draw again when it goes.
			ink?.clear();
			ink?.unmount();
		},
	};
}

const optionsFor = (terminal: NodeJS.WriteStream): RenderOptions => ({
	stdout: terminal,
	stderr: terminal,
	// Whoever opens it has looked at the terminal; Ctrl-C is the command's.
	interactive: true,
	exitOnCtrlC: false,
	patchConsole: false,
	// The caller decides how often: a frame that Ink keeps for later would be drawn when it goes.
	maxFps: 1000,
});

const frame = (lines: readonly string[]) =>
	createElement(
		Box,
		{flexDirection: 'column'},
		...lines.map((line, at) => createElement(Text, {key: at, wrap: 'truncate'}, line)),
	);
