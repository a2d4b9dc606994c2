// Times as people read them, in the time zone of whoever reads.

/** `12:04:31`, and the day before it where that is not today. */
export function clock(at: number, now = Date.now()): string {
	const [then, today] = [new Date(at), new Date(now)];
	const time = then.toTimeString().slice(0, 8);
	if (then.toDateString() === today.toDateString()) return time;
	const two = (value: number): string => String(value).padStart(2, '0');
	return `${then.getFullYear()}-${two(then.getMonth() + 1)}-${two(then.getDate())} ${time}`;
}

/** `12:04:31.042`. */
export const preciseClock = (at: number): string => {
	const then = new Date(at);
	return `${then.toTimeString().slice(0, 8)}.${String(then.getMilliseconds()).padStart(3, '0')}`;
};

/** `8 s`, `12 min`, `3 h`, `2 d`. */
export function duration(ms: number): string {
	const seconds = Math.max(0, Math.round(ms / 1000));
	if (seconds < 120) return `${seconds} s`;
	if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
	return seconds < 172_800 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86_400)} d`;
}

/** Milliseconds of `30s`, `500ms`, `2m`, `1h`; undefined for all else. */
export function parseDuration(text: string): number | undefined {
	const [, number, unit = 's'] = /^(\d{1,6})\s?(ms|s|m|min|h)?$/.exec(text) ?? [];
	const factor = {ms: 1, s: 1000, m: 60_000, min: 60_000, h: 3_600_000}[unit];
	return number === undefined || factor === undefined ? undefined : Number(number) * factor;
}
