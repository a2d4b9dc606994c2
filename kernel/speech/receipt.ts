// What the attacker's own machines say of marked data: how much came, and its hash, so that the sender knows that it was
// all and the same.
import {createHash} from 'node:crypto';

const hashOf = (data: Buffer): string => createHash('sha256').update(data).digest('hex');

/** `firebreak-received 93 9f86…`. */
export const renderReceipt = (data: Buffer): string => `firebreak-received ${data.length} ${hashOf(data)}`;

/** Whether a text is the receipt of just this data. */
export const isReceiptOf = (text: string, data: Buffer): boolean => text.trimEnd() === renderReceipt(data);
