// What Docker answers when it does not do what it was asked.
import {FirebreakError} from '../../core/model/failure.ts';

/** As dockerode throws it. */
interface Refusal extends NodeJS.ErrnoException {
	readonly statusCode?: number;
	readonly json?: {readonly message?: string};
}

/** The HTTP status of a refusal; undefined where there was no answer. Docker's and Podman's have the same meaning. */
export const statusOf = (error: unknown): number | undefined => (error as Refusal).statusCode;

/** Docker's own words, in one line. */
export const saidBy = (error: unknown): string => {
	const {json, message} = error as Refusal;
	// What the library puts before an answer that it reads as a stream.
	const own = message.replace(/^\(HTTP code \d+\) [^-]* - /, '');
	return (json?.message ?? own).replaceAll(/\s+/g, ' ').trim();
};

/** `doing` says what was asked of it: `create the container of web`. */
export function dockerFailure(error: unknown, doing: string, mend: string): Error {
	if (error instanceof FirebreakError) return error;
	const {statusCode, code} = error as Refusal;
	if (statusCode === undefined && code === undefined) return error as Error;
	const what =
		statusCode === undefined
			? `Docker went away while it was to ${doing}: ${saidBy(error)}`
			: `Docker refused to ${doing}: ${saidBy(error)}`;
	return new FirebreakError(statusCode === undefined ? 'docker-gone' : 'docker-refused', what, mend, {}, error);
}
