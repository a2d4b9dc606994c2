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
