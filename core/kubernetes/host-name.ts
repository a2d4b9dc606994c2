// What a host's name looks like in texts that somebody wrote for a program.

const label = '[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?';

/** Source of a regular expression: a DNS name in lower case that begins with a letter. */
export const hostName = `${label}(?:\\.[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?)*`;

const whole = new RegExp(`^${hostName}$`);

/** Whether `text` is such a name and could be another host's. */
export const isHostName = (text: string): boolean => whole.test(text) && text !== 'localhost';
