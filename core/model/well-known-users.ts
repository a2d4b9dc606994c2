/** Users whose password, where it was never changed, is their name: what attackers try first. */
export const wellKnownUsers: readonly string[] = ['admin', 'root', 'operator', 'postgres', 'guest', 'service'];
