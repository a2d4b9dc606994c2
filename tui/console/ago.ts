/** How long that is: `now` for less than a second, `12 s`, `3 min`, `2 h`, `4 d`. */
export function ago(ms: number): string {
	const seconds = Math.floor(ms / 1000);
	if (!(seconds >= 1)) return 'now';
	if (seconds < 60) return `${seconds} s`;
	if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
	return seconds < 86_400 ? `${Math.floor(seconds / 3600)} h` : `${Math.floor(seconds / 86_400)} d`;
}
