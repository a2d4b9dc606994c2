/** Milliseconds as a lab's clock shows them: `00:07.4`, `1:02:07.4` from an hour on. */
export function clockText(ms: number): string {
	const tenths = Number.isFinite(ms) ? Math.floor(Math.max(0, ms) / 100) : 0;
	const [hours, minutes, seconds] = [Math.floor(tenths / 36_000), Math.floor(tenths / 600) % 60, (tenths % 600) / 10];
	const two = (value: number): string => `${value}`.padStart(2, '0');
	return `${hours > 0 ? `${hours}:` : ''}${two(minutes)}:${seconds.toFixed(1).padStart(4, '0')}`;
}

/** `0.62`: seconds since something began. */
export const secondsText = (ms: number): string => (Number.isFinite(ms) ? Math.max(0, ms) / 1000 : 0).toFixed(2);

/** `1,824`. */
export const count = (value: number): string => value.toLocaleString('en-US');
