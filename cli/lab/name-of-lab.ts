/** What a lab is called that nobody names: as much of its rehearsal's name as a lab's may hold. */
export const nameOfLab = (rehearsal: string): string =>
	rehearsal
		.toLowerCase()
		.replaceAll(/[^a-z0-9]+/g, '-')
		.slice(0, 16)
		.replaceAll(/^-+|-+$/g, '') || 'lab';
