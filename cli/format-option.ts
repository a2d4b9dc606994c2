/** `--format` of what people read and programs too. */
export const textOrJson = {choices: ['text', 'json'] as const, default: 'text' as const, describe: 'what to print'};

/** `--format` of what goes on: a line an event. */
export const textOrNdjson = {choices: ['text', 'ndjson'] as const, default: 'text' as const, describe: 'what to print'};
