// What the terminal of this process shows.

/** Colour is wanted and there is some (no-color.org). */
export const colourHere = (): boolean => (process.env.NO_COLOR ?? '') === '' && process.stdout.hasColors?.() === true;

/**
 * The locale has no UTF-8, as `C` has none. Source: locale(7), LC_ALL before LC_CTYPE before LANG; without any, terminals of
 * today have it.
 */
export const asciiHere = (environment: NodeJS.ProcessEnv = process.env): boolean => {
	const locale = environment.LC_ALL || environment.LC_CTYPE || environment.LANG || '';
	return locale !== '' && !/utf-?8/i.test(locale);
};

/** The background is light, where the terminal tells: `COLORFGBG` ends with its number, of which 7 and 15 are white. */
export const lightHere = (environment: NodeJS.ProcessEnv = process.env): boolean =>
	/;(?:7|15)$/.test(environment.COLORFGBG ?? '');

/**
 * Why a screen that is drawn is of no use here; null where it is. No terminal tells of a screen reader, so whoever uses one
 * says it: by `ACCESSIBLE`, as for prompts of other tools, by Ink's `INK_SCREEN_READER`, or by `TERM=dumb`.
 */
export function whyNoScreen(environment: NodeJS.ProcessEnv = process.env): string | null {
	if (process.stdin.isTTY !== true || process.stdout.isTTY !== true) return 'the console needs a terminal';
	if (environment.TERM === 'dumb') return 'the console needs a terminal that can be drawn on, and TERM is dumb';
	const says = ['ACCESSIBLE', 'INK_SCREEN_READER'].find(name => !/^(?:0|false|no)?$/i.test(environment[name] ?? ''));
	return says === undefined ? null : `the console is drawn, and no screen reader can follow it (${says} is set)`;
}
