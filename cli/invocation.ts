/** What the user types before a command here: `npx` puts no `firebreak` on the path. */
export const invocation = (environment: NodeJS.ProcessEnv): string =>
	environment.npm_command === 'exec' ? 'npx firebreak' : 'firebreak';
